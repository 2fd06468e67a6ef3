using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.State;

/// <summary>The keys of one app in one store: what the app calls <c>cart</c> is stored as <c>basket||cart</c>, so that apps which share a
/// store do not meet. The component's <c>keyPrefix</c> chooses the prefix.</summary>
internal sealed class StateKeys(string store, string? prefix)
{
    public const string Separator = "||";

    public static StateKeys From(ComponentMetadata metadata, string appId, string appNamespace)
    {
        var name = metadata.Component.Name;
        var strategy = metadata.Text("keyPrefix", "appid");
        if (strategy.Contains(Separator, StringComparison.Ordinal))
            throw metadata.Invalid("keyPrefix", strategy, $"a prefix without '{Separator}'");
        return new StateKeys(name, strategy.ToLowerInvariant() switch
        {
            "appid" => appId,
            "namespace" => IsNamespaced(appNamespace) ? $"{appNamespace}.{appId}" : appId,
            "name" => name,
            "none" => null,
            var literal => literal,
        });
    }

    /// <summary>The key as stored.</summary>
    public string Complete(string key) =>
        key.Contains(Separator, StringComparison.Ordinal) ? throw StateErrors.IllegalKey(store, key)
        : prefix is null ? key
        : $"{prefix}{Separator}{key}";

    // Without the variable daprd has no namespace at all, not the one called default.
    private static bool IsNamespaced(string appNamespace) =>
        appNamespace.Length > 0 && (appNamespace != "default" || Environment.GetEnvironmentVariable("NAMESPACE") is { Length: > 0 });
}
