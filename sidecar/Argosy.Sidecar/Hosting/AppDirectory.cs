namespace Argosy.Sidecar.Hosting;

/// <summary>Every app this process serves, so that one app's sidecar finds another's without the network.</summary>
internal sealed class AppDirectory
{
    private readonly List<SidecarApp> _apps = [];

    public IReadOnlyList<SidecarApp> All => _apps;

    /// <summary>A process has a handful of apps: comparing them in turn beats hashing, and needs no string for parts of an address.</summary>
    public SidecarApp? Find(ReadOnlySpan<char> appId, ReadOnlySpan<char> appNamespace)
    {
        foreach (var app in _apps)
        {
            if (appId.SequenceEqual(app.AppId) && appNamespace.SequenceEqual(app.Namespace))
                return app;
        }
        return null;
    }

    internal void Add(SidecarApp app) => _apps.Add(app);
}
