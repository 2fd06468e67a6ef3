namespace Argosy.Sidecar.Hosting;

/// <summary>The sidecar of one app replica: its ports and its way into the app.</summary>
internal sealed class VirtualSidecar(SidecarApp app, TopologyReplica ports, AppChannel? channel)
{
    private volatile bool _isClosed;
    private volatile bool _isAppUp;
    private volatile bool _isReady = channel is null;

    public SidecarApp App { get; } = app;

    public TopologyReplica Ports { get; } = ports;

    /// <summary>Null when the app has no port: then nothing inbound runs.</summary>
    public AppChannel? Channel { get; } = channel;

    /// <summary>True while the app's port answers.</summary>
    public bool IsAppUp
    {
        get => _isAppUp;
        internal set => _isAppUp = value;
    }

    /// <summary>True once inbound traffic has been started for the first time; at once when there is none.</summary>
    public bool IsReady
    {
        get => _isReady;
        internal set => _isReady = value;
    }

    /// <summary>True after its app has shut it down while the process goes on: it answers no more.</summary>
    public bool IsClosed
    {
        get => _isClosed;
        internal set => _isClosed = value;
    }
}
