using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.Settings;

/// <summary>The operator's settings: on disk, and in memory for every payment to look at.</summary>
internal sealed class SettingsStore(IServiceScopeFactory scopes) : IHostedService
{
    private volatile SimulatorSettings _current = new();

    public SimulatorSettings Current => _current;

    public Task StartAsync(CancellationToken cancellationToken) => WithContextAsync(async context =>
        _current = (await context.Settings.AsNoTracking().SingleOrDefaultAsync(cancellationToken))?.Value ?? new SimulatorSettings());

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReplaceAsync(SimulatorSettings settings, CancellationToken cancellationToken) => WithContextAsync(async context =>
    {
        if (await context.Settings.SingleOrDefaultAsync(cancellationToken) is { } stored)
            stored.Value = settings;
        else
            context.Add(new StoredSettings { Value = settings });
        await context.SaveChangesAsync(cancellationToken);
        _current = settings;
    });

    private async Task WithContextAsync(Func<SimulatorContext, Task> use)
    {
        await using var scope = scopes.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<SimulatorContext>());
    }
}
