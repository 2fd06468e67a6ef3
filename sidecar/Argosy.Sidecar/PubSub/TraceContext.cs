using System.Diagnostics;

namespace Argosy.Sidecar.PubSub;

/// <summary>The W3C trace an event belongs to.</summary>
internal readonly record struct TraceContext(string TraceParent, string TraceState)
{
    /// <summary>The caller's trace (HTTP header and gRPC metadata are the same on the wire), or a new one.</summary>
    public static TraceContext Of(HttpRequest request)
    {
        string? parent = request.Headers.TraceParent;
        return ActivityContext.TryParse(parent, null, out _) ? new TraceContext(parent!, request.Headers.TraceState.ToString()) : New();
    }

    /// <summary>A trace of its own, not sampled.</summary>
    public static TraceContext New() => new($"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00", "");
}
