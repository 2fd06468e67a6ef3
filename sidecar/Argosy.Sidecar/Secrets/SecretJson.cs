using System.Text.Json.Serialization;

namespace Argosy.Sidecar.Secrets;

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>))]
internal sealed partial class SecretJson : JsonSerializerContext;
