using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Argosy.ServiceDefaults.Persistence;

internal sealed class DatabaseHealthCheck<TContext>(IServiceDatabase<TContext> database) : IHealthCheck where TContext : ArgosyDbContext
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (database.Address is null)
            return new HealthCheckResult(context.Registration.FailureStatus, "The connection string is not known yet.");
        await using var db = database.CreateContext();
        return await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.");
    }
}
