using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Locks;

/// <summary>The resources of one app in one lock store, prefixed as the component's <c>keyPrefix</c> says, so that apps lock apart from
/// each other unless they want it otherwise.</summary>
internal sealed class LockKeys(string? prefix)
{
    private const string Separator = "||";

    public static LockKeys From(ComponentMetadata metadata, string appId)
    {
        var strategy = metadata.Text("keyPrefix", "appid");
        if (strategy.Contains(Separator, StringComparison.Ordinal))
            throw metadata.Invalid("keyPrefix", strategy, $"a prefix without '{Separator}'");
        return new LockKeys(strategy.ToLowerInvariant() switch
        {
            "appid" => appId,
            "name" => metadata.Component.Name,
            "none" => null,
            var literal => literal,
        });
    }

    /// <exception cref="ArgumentException">The resource contains the separator.</exception>
    public string Complete(string resource) =>
        resource.Contains(Separator, StringComparison.Ordinal) ? throw new ArgumentException($"input key/keyPrefix '{resource}' can't contain '{Separator}'")
        : prefix is null ? $"lock{Separator}{resource}"
        : $"lock{Separator}{prefix}{Separator}{resource}";
}
