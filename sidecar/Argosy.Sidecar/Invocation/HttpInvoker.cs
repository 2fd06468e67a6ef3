using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Hosting;
using Grpc.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Sidecar.Invocation;

/// <summary>Forwards calls to the apps of this process, streaming both ways. A call whose connection could not be made has not reached the
/// app and is tried again, on another replica at once or after a pause.</summary>
internal sealed class HttpInvoker(AppDirectory apps, IHttpForwarder forwarder)
{
    private const int Retries = 3;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // The sidecar sets no limit of its own: how long a call may take is the caller's affair.
    private static readonly ForwarderRequestConfig Http1 = new() { ActivityTimeout = Timeout.InfiniteTimeSpan, Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
    private static readonly ForwarderRequestConfig Http2 = Http1 with { Version = new Version(2, 0) };

    /// <exception cref="DaprApiException">The app is unknown or cannot be reached.</exception>
    public async Task InvokeAsync(HttpContext context, InvocationAddress address)
    {
        var caller = context.GetSidecar();
        var app = Find(caller, address.AppId);
        // An app that calls itself stays on its own replica.
        var isSelf = app == caller.App && caller.Channel is not null;
        var balancer = app.Engine<ReplicaBalancer>();
        var target = isSelf ? caller : balancer.Next();
        for (var attempt = 0; ; attempt++)
        {
            if (target is null)
                throw Failed(address.AppId, "the app has no port");
            var failure = await ForwardAsync(context, caller, target, address.PathAndQuery);
            if (failure is null)
                return;
            if (attempt == Retries || !IsNotConnected(failure))
                throw Failed(address.AppId, failure.Message);
            if (isSelf || !balancer.HasOtherUp(target))
                await balancer.WaitForUpAsync(RetryPause, context.RequestAborted);
            target = isSelf ? caller : balancer.Next(except: target);
        }
    }

    public SidecarApp Find(VirtualSidecar caller, string appId)
    {
        var dot = appId.IndexOf('.');
        var app = dot < 0
            ? apps.Find(appId, caller.App.Namespace)
            : apps.Find(appId.AsSpan(0, dot), appId.AsSpan(dot + 1));
        return app ?? throw Failed(appId, $"couldn't find service: {appId}");
    }

    /// <returns>Null when the response is complete or the client has gone, otherwise why there is no response.</returns>
    private async ValueTask<Exception?> ForwardAsync(HttpContext context, VirtualSidecar caller, VirtualSidecar target, string pathAndQuery)
    {
        var channel = target.Channel!;
        using var lease = await channel.EnterAsync(context.RequestAborted);
        var error = await forwarder.SendAsync(context, channel.Origin, channel.Invoker, channel.IsHttp2 ? Http2 : Http1, new InvocationTransformer(caller, target, pathAndQuery));
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
            return null;
        var failure = context.GetForwarderErrorFeature()?.Exception ?? new HttpRequestException(error.ToString());
        if (error == ForwarderError.RequestBodyClient)
            throw new BadHttpRequestException(failure.Message, (failure as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest, failure);
        context.Response.Clear();
        return failure;
    }

    private static bool IsNotConnected(Exception failure) => failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };

    private static DaprApiException Failed(string appId, string reason) =>
        new(StatusCodes.Status500InternalServerError, "ERR_DIRECT_INVOKE", StatusCode.Internal, $"failed to invoke, id: {appId}, err: {reason}");
}
