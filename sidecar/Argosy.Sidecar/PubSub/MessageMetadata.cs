using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub;

/// <summary>The request and subscription metadata that Dapr itself gives a meaning. Names are case-insensitive.</summary>
internal static class MessageMetadata
{
    /// <summary>A longer life than this is one without end; it also keeps dates within what a date can hold.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromDays(36500);

    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>(0);

    /// <summary>Bytes go to the broker, or come from it, without an envelope.</summary>
    /// <exception cref="FormatException">The value is no boolean as Go reads one.</exception>
    public static bool IsRawPayload(IReadOnlyDictionary<string, string> metadata) =>
        TryGet(metadata, "rawPayload", out var value) && value switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
            "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
            _ => throw new FormatException($"rawPayload is '{value}', expected true or false"),
        };

    /// <summary><c>ttlInSeconds</c> (or <c>ttl</c>): whole seconds or a Go duration, more than nothing.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static TimeSpan? TimeToLive(IReadOnlyDictionary<string, string> metadata)
    {
        if (!TryGet(metadata, "ttlInSeconds", out var value) && !TryGet(metadata, "ttl", out value))
            return null;
        if (decimal.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > (decimal)Forever.TotalSeconds)
            return null;
        return GoDuration.TryParse(value, TimeSpan.FromSeconds(1), out var ttl) && ttl > TimeSpan.Zero
            ? ttl
            : throw new FormatException($"ttlInSeconds is '{value}', expected a number of seconds above zero");
    }

    public static bool TryGet(IReadOnlyDictionary<string, string> metadata, string name, [NotNullWhen(true)] out string? value)
    {
        if (metadata.TryGetValue(name, out value) && value.Length > 0)
            return true;
        foreach (var (key, candidate) in metadata)
        {
            if (candidate.Length > 0 && key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }
        value = null;
        return false;
    }
}
