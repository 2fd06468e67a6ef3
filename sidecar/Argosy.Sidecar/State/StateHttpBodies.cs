using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Sidecar.State;

/// <summary>One item of a save, or the request of an operation in a transaction.</summary>
internal sealed record StateItemBody(string? Key, JsonElement Value, string? ETag, Dictionary<string, string>? Metadata, StateOptionsBody? Options);

internal sealed record StateOptionsBody(string? Concurrency, string? Consistency);

internal sealed record BulkGetBody(List<string>? Keys);

internal sealed record TransactionBody(List<TransactionOperationBody>? Operations);

internal sealed record TransactionOperationBody(string? Operation, StateItemBody? Request);

/// <summary>Names are read in any case, as Go does.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, MaxDepth = 512)]
[JsonSerializable(typeof(List<StateItemBody>))]
[JsonSerializable(typeof(BulkGetBody))]
[JsonSerializable(typeof(TransactionBody))]
internal sealed partial class StateHttpJson : JsonSerializerContext;
