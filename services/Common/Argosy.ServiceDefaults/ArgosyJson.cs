using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.ServiceDefaults;

/// <summary>How Argosy writes JSON everywhere: camelCase, enums as kebab-case strings, no nulls left out.</summary>
public static class ArgosyJson
{
    /// <summary>The shared options, for events, state and calls between services.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    internal static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.NumberHandling = JsonNumberHandling.Strict;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
