using System.Text;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Hosting;

/// <summary>One app id in this process: its components and building-block engines, shared by the sidecars of its replicas.</summary>
internal sealed class SidecarApp(TopologyApp settings)
{
    public TopologyApp Settings { get; } = settings;

    public string AppId => Settings.AppId;

    public string Namespace => Settings.Namespace;

    /// <summary>What callers of the API must present; null leaves it open.</summary>
    public byte[]? ApiTokenBytes { get; } = settings.ApiToken is { Length: > 0 } token ? Encoding.UTF8.GetBytes(token) : null;

    public IReadOnlyList<VirtualSidecar> Replicas { get; internal set; } = [];

    /// <summary>The engines of this app, one container for each app id so that nothing leaks between them.</summary>
    public IServiceProvider Services { get; internal set; } = null!;

    public T Engine<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Closes engines, then components, then the channels to the replicas.</summary>
    internal async Task CloseAsync()
    {
        var components = Engine<ComponentSet>();
        if (Services is IAsyncDisposable services)
            await services.DisposeAsync();
        await components.DisposeAsync();
        foreach (var replica in Replicas)
            replica.Channel?.Dispose();
    }
}
