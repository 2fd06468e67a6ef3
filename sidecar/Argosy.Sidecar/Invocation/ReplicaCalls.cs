using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Hosting;
using Grpc.Core;

namespace Argosy.Sidecar.Invocation;

/// <summary>Finds the app that a call names and makes the call on one of its replicas. A call whose connection could not be made has not
/// reached the app and is tried again, on another replica at once or after a pause.</summary>
internal sealed class ReplicaCalls(AppDirectory apps)
{
    private const int Retries = 3;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <param name="appId">The app, possibly as <c>app.namespace</c>.</param>
    /// <param name="call">Gives null when all is done, otherwise why the app gave no answer.</param>
    /// <param name="state">Handed to <paramref name="call"/>, which need not capture it then.</param>
    /// <exception cref="DaprApiException">The app is unknown or gave no answer.</exception>
    public async Task MakeAsync<TState>(
        VirtualSidecar caller, string appId, TState state, Func<TState, VirtualSidecar, ValueTask<Exception?>> call, CancellationToken cancellationToken)
    {
        var app = Find(caller, appId);
        // An app that calls itself stays on its own replica.
        var isSelf = app == caller.App && caller.Channel is not null;
        var balancer = app.Engine<ReplicaBalancer>();
        var target = isSelf ? caller : balancer.Next();
        for (var attempt = 0; ; attempt++)
        {
            if (target is null)
                throw Failed(appId, StatusCode.Internal, "the app has no port");
            var failure = await call(state, target);
            if (failure is null)
                return;
            if (!IsNotConnected(failure))
                throw Failed(appId, StatusCode.Internal, failure.Message);
            if (attempt == Retries)
                throw Failed(appId, StatusCode.Unavailable, failure.Message);
            if (isSelf || !balancer.HasOtherUp(target))
                await balancer.WaitForUpAsync(RetryPause, cancellationToken);
            target = isSelf ? caller : balancer.Next(except: target);
        }
    }

    private SidecarApp Find(VirtualSidecar caller, string appId)
    {
        var dot = appId.IndexOf('.');
        var app = dot < 0
            ? apps.Find(appId, caller.App.Namespace)
            : apps.Find(appId.AsSpan(0, dot), appId.AsSpan(dot + 1));
        return app ?? throw Failed(appId, StatusCode.Internal, $"couldn't find service: {appId}");
    }

    private static bool IsNotConnected(Exception failure) => failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };

    /// <summary>How daprd answers a call that got none.</summary>
    internal static DaprApiException Failed(string appId, StatusCode grpcStatus, string reason) =>
        new(StatusCodes.Status500InternalServerError, "ERR_DIRECT_INVOKE", grpcStatus, $"failed to invoke, id: {appId}, err: {reason}");
}
