namespace Argosy.Sidecar.Hosting;

/// <summary>Every app this process serves, so that one app's sidecar finds another's without the network.</summary>
internal sealed class AppDirectory
{
    private readonly Dictionary<(string AppId, string Namespace), SidecarApp> _apps = [];

    public IReadOnlyCollection<SidecarApp> All => _apps.Values;

    public SidecarApp? Find(string appId, string appNamespace) => _apps.GetValueOrDefault((appId, appNamespace));

    internal void Add(SidecarApp app) => _apps.Add((app.AppId, app.Namespace), app);
}
