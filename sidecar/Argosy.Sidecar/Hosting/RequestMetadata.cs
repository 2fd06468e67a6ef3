namespace Argosy.Sidecar.Hosting;

/// <summary>Request metadata of the HTTP API: query parameters named <c>metadata.KEY</c>, first value each.</summary>
internal static class RequestMetadata
{
    private const string Prefix = "metadata.";

    public static IReadOnlyDictionary<string, string> From(HttpRequest request)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Query)
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
                metadata[name[Prefix.Length..]] = values.Count > 0 ? values[0] ?? "" : "";
        }
        return metadata;
    }
}
