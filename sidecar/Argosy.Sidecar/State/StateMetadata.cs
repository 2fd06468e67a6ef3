using System.Globalization;

namespace Argosy.Sidecar.State;

/// <summary>Response metadata of a state item.</summary>
internal static class StateMetadata
{
    public const string ExpireTime = "ttlExpireTime";

    /// <summary>RFC 3339 in UTC, to the second.</summary>
    public static string Format(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
