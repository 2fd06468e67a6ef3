namespace Argosy.Sidecar.Hosting;

/// <summary>The sidecar of one app replica: its ports and its way into the app.</summary>
internal sealed class VirtualSidecar(SidecarApp app, TopologyReplica ports, AppChannel? channel)
{
    public SidecarApp App { get; } = app;

    public TopologyReplica Ports { get; } = ports;

    /// <summary>Null when the app has no port: then nothing inbound runs.</summary>
    public AppChannel? Channel { get; } = channel;

    /// <summary>True while the app's port answers.</summary>
    public bool IsAppUp { get; internal set; }
}
