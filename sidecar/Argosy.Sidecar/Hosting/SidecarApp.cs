namespace Argosy.Sidecar.Hosting;

/// <summary>One app id in this process: its components and building-block engines, shared by the sidecars of its replicas.</summary>
internal sealed class SidecarApp(TopologyApp settings)
{
    public TopologyApp Settings { get; } = settings;

    public string AppId => Settings.AppId;

    public string Namespace => Settings.Namespace;

    public IReadOnlyList<VirtualSidecar> Replicas { get; internal set; } = [];

    /// <summary>The engines of this app, one container for each app id so that nothing leaks between them.</summary>
    public IServiceProvider Services { get; internal set; } = null!;

    public T Engine<T>() where T : notnull => Services.GetRequiredService<T>();
}
