namespace Argosy.Sidecar.Hosting;

/// <summary>Starts the background work of the apps' engines before the API answers; ends it, and closes the components, after the API has closed.</summary>
internal sealed class SidecarLifetime(AppDirectory apps) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in apps.All.SelectMany(app => app.Services.GetServices<IHostedService>()))
            await service.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(apps.All.Select(app => StopAsync(app, cancellationToken)));

    private static async Task StopAsync(SidecarApp app, CancellationToken cancellationToken)
    {
        foreach (var service in app.Services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(cancellationToken);
        await app.CloseAsync();
    }
}
