using Argosy.Contracts;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Sidecar;

/// <summary>Reads secrets from the component <c>secretstore</c>. A secret's value stands under the secret's own name or under its only key.</summary>
internal sealed partial class SidecarSecrets(DaprClient dapr, SidecarReadiness sidecar, ILogger<SidecarSecrets> logger, TimeProvider time) : ISecrets
{
    public async Task<string> GetAsync(string name, CancellationToken cancellationToken)
    {
        await sidecar.WaitAsync(cancellationToken);
        for (var backoff = new Backoff(); ; await backoff.WaitAsync(time, cancellationToken))
        {
            try
            {
                return Pick(name, await dapr.GetSecretAsync(ComponentNames.SecretStore, name, cancellationToken: cancellationToken));
            }
            catch (DaprException failure) when (IsPassing(failure))
            {
                LogRetry(logger, name, failure.InnerException?.Message ?? failure.Message);
            }
        }
    }

    private static string Pick(string name, Dictionary<string, string> values)
    {
        if (values.TryGetValue(name, out var value))
            return value;
        return values.Count == 1
            ? values.Values.Single()
            : throw new InvalidOperationException($"The secret '{name}' in the secret store '{ComponentNames.SecretStore}' must have one key, or one called '{name}'; it has {values.Count}.");
    }

    // A missing store or a refused secret is a mistake in the set-up, which no waiting heals. A missing secret cannot be told from a
    // store that is down: the sidecar calls both internal.
    private static bool IsPassing(DaprException failure) =>
        failure.InnerException is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.Internal or StatusCode.DeadlineExceeded or StatusCode.Cancelled };

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "The secret {Secret} cannot be read yet: {Reason}")]
    private static partial void LogRetry(ILogger logger, string secret, string reason);
}
