namespace Argosy.Sidecar.Invocation.Endpoints;

/// <summary>Where a call that leaves the platform goes.</summary>
/// <param name="BaseUrl">Without a slash at its end.</param>
/// <param name="Invoker">Its connections.</param>
internal sealed record EndpointTarget(string BaseUrl, IReadOnlyList<EndpointHeader> Headers, HttpMessageInvoker Invoker)
{
    private static readonly UriCreationOptions DoNotEscape = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <param name="pathAndQuery">As of an <see cref="InvocationAddress"/>; an empty path means the base URL itself.</param>
    /// <exception cref="UriFormatException">The base URL came from the caller and is none.</exception>
    public Uri Locate(string pathAndQuery) =>
        new(pathAndQuery is "/" || pathAndQuery.StartsWith("/?", StringComparison.Ordinal) ? BaseUrl + pathAndQuery[1..] : BaseUrl + pathAndQuery, DoNotEscape);

    /// <summary>Adds the endpoint's headers, and takes out what is between the app and its sidecar only.</summary>
    public void Dress(HttpRequestMessage request)
    {
        // The Host of the request is the endpoint's own.
        request.Headers.Host = null;
        foreach (var name in InvocationHeaders.OfTheSidecar)
            request.Headers.Remove(name);
        foreach (var header in Headers)
            header.SetOn(request);
    }
}
