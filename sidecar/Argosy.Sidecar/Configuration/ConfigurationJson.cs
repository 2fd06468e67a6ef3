using System.Text.Json.Serialization;

namespace Argosy.Sidecar.Configuration;

/// <summary>An item in JSON; what is empty is left out, as Go's encoder does here.</summary>
internal sealed record ConfigurationItemBody(string? Value, string? Version, IReadOnlyDictionary<string, string>? Metadata)
{
    public static Dictionary<string, ConfigurationItemBody> From(IReadOnlyDictionary<string, ConfigurationItem> items) =>
        items.ToDictionary(item => item.Key, item => new ConfigurationItemBody(
            NullIfEmpty(item.Value.Value), NullIfEmpty(item.Value.Version), item.Value.Metadata.Count > 0 ? item.Value.Metadata : null));

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}

internal sealed record ConfigurationUpdateBody(string Id, IReadOnlyDictionary<string, ConfigurationItemBody> Items);

internal sealed record SubscribedBody(string Id);

internal sealed record UnsubscribedBody(bool? Ok, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, ConfigurationItemBody>))]
[JsonSerializable(typeof(ConfigurationUpdateBody))]
[JsonSerializable(typeof(SubscribedBody))]
[JsonSerializable(typeof(UnsubscribedBody))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
