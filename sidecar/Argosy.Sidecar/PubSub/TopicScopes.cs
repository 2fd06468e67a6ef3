using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub;

/// <summary>Which topics of one component an app may use: <c>allowedTopics</c>, <c>protectedTopics</c>, <c>publishingScopes</c>,
/// <c>subscriptionScopes</c>.</summary>
internal sealed class TopicScopes
{
    private readonly HashSet<string>? _allowed;
    private readonly HashSet<string> _protected;
    private readonly HashSet<string>? _publishing;
    private readonly HashSet<string>? _subscribing;

    public TopicScopes(ComponentMetadata metadata, string appId)
    {
        _allowed = metadata.TryGet("allowedTopics", out var allowed) ? List(allowed) : null;
        _protected = List(metadata.Text("protectedTopics", ""));
        _publishing = OfApp(metadata.Text("publishingScopes", ""), appId);
        _subscribing = OfApp(metadata.Text("subscriptionScopes", ""), appId);
    }

    public bool MayPublish(string topic) => Allows(topic, _publishing);

    public bool MaySubscribe(string topic) => Allows(topic, _subscribing);

    private bool Allows(string topic, HashSet<string>? scope)
    {
        if (_allowed is not null && !_allowed.Contains(topic))
            return false;
        if (scope is null)
            return !_protected.Contains(topic);
        return scope.Contains(topic);
    }

    /// <summary>The app's part of <c>app1=a,b;app2=</c>. An app named with nothing behind it may use no topic at all.</summary>
    private static HashSet<string>? OfApp(string scopes, string appId)
    {
        foreach (var scope in scopes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = scope.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && parts[0] == appId)
                return List(parts[1]);
        }
        return null;
    }

    private static HashSet<string> List(string topics) =>
        topics.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
