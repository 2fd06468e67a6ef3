namespace Argosy.Sidecar.Invocation.Endpoints;

/// <summary>A header that an endpoint sets on every call, in place of the caller's own of that name.</summary>
internal sealed class EndpointHeader
{
    private readonly bool _isOfContent;

    /// <exception cref="FormatException">No header has such a name or value. The message does not show the value, which may be a secret.</exception>
    public EndpointHeader(string name, string value)
    {
        (Name, Value) = (name, value);
        using var probe = new HttpRequestMessage { Content = new ByteArrayContent([]) };
        _isOfContent = !probe.Headers.TryAddWithoutValidation(name, "");
        if (_isOfContent && !probe.Content.Headers.TryAddWithoutValidation(name, ""))
            throw new FormatException($"'{name}' is no name of a header");
        if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
            throw new FormatException($"the value of header '{name}' has a line break or another character that no header can carry");
    }

    public string Name { get; }

    private string Value { get; }

    public void SetOn(HttpRequestMessage request)
    {
        if (_isOfContent)
        {
            request.Content?.Headers.Remove(Name);
            request.Content?.Headers.TryAddWithoutValidation(Name, Value);
            return;
        }
        request.Headers.Remove(Name);
        request.Headers.TryAddWithoutValidation(Name, Value);
    }
}
