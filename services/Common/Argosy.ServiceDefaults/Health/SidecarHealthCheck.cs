using Argosy.ServiceDefaults.Sidecar;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Argosy.ServiceDefaults.Health;

internal sealed class SidecarHealthCheck(SidecarReadiness sidecar) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await sidecar.IsReadyAsync(cancellationToken) ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, "The sidecar does not answer.");
}
