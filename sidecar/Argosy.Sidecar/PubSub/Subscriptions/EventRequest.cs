using System.Collections.Frozen;
using System.Net.Http.Headers;
using Argosy.Sidecar.PubSub.CloudEvents;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>The HTTP request that brings an event to an app.</summary>
internal static class EventRequest
{
    private static readonly MediaTypeHeaderValue CloudEvent = new(MediaType.CloudEvent);

    private static readonly FrozenSet<string> NotForwarded = new[]
    {
        "connection", "content-length", "content-type", "dapr-api-token", "host", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "traceparent", "tracestate", "trailer", "transfer-encoding", "upgrade",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static HttpRequestMessage Create(string path, ReadOnlyMemory<byte> envelope, ReceivedEvent received, IReadOnlyDictionary<string, string> metadata)
    {
        var target = path.StartsWith('/') ? path : $"/{path}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, UriKind.Relative)) { Content = new ReadOnlyMemoryContent(envelope) };
        request.Content.Headers.ContentType = CloudEvent;
        foreach (var (name, value) in metadata)
            AddHeader(request, name.ToLowerInvariant(), value);
        if (received.TraceParent is { Length: > 0 } parent)
            AddHeader(request.Headers, "traceparent", parent);
        if (received.TraceState is { Length: > 0 } state)
            AddHeader(request.Headers, "tracestate", state);
        return request;
    }

    private static void AddHeader(HttpRequestMessage request, string name, string value)
    {
        if (NotForwarded.Contains(name) || name.EndsWith("-bin", StringComparison.Ordinal))
            return;
        AddHeader(request.Headers, name.StartsWith("grpc-", StringComparison.Ordinal) || name.StartsWith(':') ? $"dapr-{name}" : name, value);
    }

    /// <summary>What no header can carry is left out: it must not keep the event from its subscriber.</summary>
    private static void AddHeader(HttpRequestHeaders headers, string name, string value)
    {
        foreach (var character in value)
        {
            if (character is < ' ' or > '~')
                return;
        }
        headers.TryAddWithoutValidation(name, value);
    }
}
