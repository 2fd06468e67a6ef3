using Argosy.Sidecar.Invocation.Endpoints;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Hosting;

/// <summary>Brings the apps of a topology to life: resources read and checked, one container of engines for each app, components and endpoints initialised.</summary>
internal sealed partial class SidecarAppBuilder(ILoggerFactory loggers, TimeProvider time)
{
    private readonly ILogger _log = loggers.CreateLogger<SidecarAppBuilder>();
    private readonly ComponentCatalog _catalog = new(BuildingBlocks.All);
    private readonly ResourceErrors _errors = new();

    /// <exception cref="InvalidResourcesException">Something is wrong with the resources; it names all of it.</exception>
    public async Task<AppDirectory> BuildAsync(Topology topology, CancellationToken cancellationToken)
    {
        var resources = topology.Apps.Select(Read).ToList();
        _errors.ThrowIfAny();
        var directory = new AppDirectory();
        foreach (var (settings, appResources) in topology.Apps.Zip(resources))
            directory.Add(Build(settings, appResources, directory));
        await Task.WhenAll(directory.All.Select(app => ActivateAsync(app, cancellationToken)));
        if (_errors.All.Count > 0)
            await Task.WhenAll(directory.All.Select(app => app.CloseAsync()));
        _errors.ThrowIfAny();
        return directory;
    }

    private readonly Dictionary<string, ResourceReader> _readers = new(StringComparer.Ordinal);

    private AppResources Read(TopologyApp app)
    {
        // Apps with the same folders share one reading of them.
        var key = string.Join('\n', app.ResourcesPaths.Concat(app.ConfigPaths));
        if (!_readers.TryGetValue(key, out var reader))
        {
            reader = new ResourceReader(_errors);
            foreach (var folder in app.ResourcesPaths)
                reader.ReadFolder(folder);
            foreach (var file in app.ConfigPaths)
                reader.ReadFile(file);
            _readers.Add(key, reader);
            foreach (var (what, location) in reader.WithoutEffect)
                LogWithoutEffect(_log, what, location);
        }
        var resources = reader.ForApp(app.AppId, app.Namespace);
        foreach (var component in resources.Components)
            _catalog.Check(component, _errors);
        foreach (var block in BuildingBlocks.All)
            block.Check(resources, _errors);
        return resources;
    }

    private SidecarApp Build(TopologyApp settings, AppResources resources, AppDirectory directory)
    {
        var app = new SidecarApp(settings);
        app.Replicas = [.. settings.Replicas.Select(ports => new VirtualSidecar(app, ports, ports.AppPort > 0 ? new AppChannel(settings, ports.AppPort) : null))];
        var services = new ServiceCollection();
        services.AddSingleton(app);
        services.AddSingleton(resources);
        services.AddSingleton(directory);
        services.AddSingleton(time);
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(new ComponentSet([]));
        foreach (var block in BuildingBlocks.All)
            block.AddEngine(services);
        app.Services = services.BuildServiceProvider();
        return app;
    }

    private async Task ActivateAsync(SidecarApp app, CancellationToken cancellationToken)
    {
        var errors = new ResourceErrors();
        var activator = new ComponentActivator(_catalog, app.AppId, app.Namespace, app.Services, errors, loggers.CreateLogger<ComponentActivator>());
        await activator.ActivateAsync(app.Engine<AppResources>().Components, app.Engine<ComponentSet>(), cancellationToken);
        await app.Engine<EndpointSet>().LoadAsync(errors, cancellationToken);
        lock (_errors)
        {
            foreach (var error in errors.All)
                _errors.Add(error);
        }
    }

    [LoggerMessage(110, LogLevel.Warning, "{What} has no effect yet ({Location})")]
    private static partial void LogWithoutEffect(ILogger log, string what, SourceLocation location);
}
