using System.Text.Json.Serialization;

namespace Argosy.Sidecar.Locks;

internal sealed record TryLockBody(bool Success);

internal sealed record UnlockBody(int Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TryLockBody))]
[JsonSerializable(typeof(UnlockBody))]
internal sealed partial class LockJson : JsonSerializerContext;
