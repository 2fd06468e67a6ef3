using Argosy.Sidecar.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Sidecar.Invocation;

/// <summary>Forwards requests, HTTP and gRPC alike, to the apps of this process, streaming both ways.</summary>
internal sealed class HttpInvoker(ReplicaCalls calls, IHttpForwarder forwarder)
{
    // The sidecar sets no limit of its own: how long a call may take is the caller's affair.
    private static readonly ForwarderRequestConfig Http1 = new() { ActivityTimeout = Timeout.InfiniteTimeSpan, Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
    private static readonly ForwarderRequestConfig Http2 = Http1 with { Version = new Version(2, 0) };

    /// <exception cref="Errors.DaprApiException">The app is unknown or cannot be reached.</exception>
    public Task InvokeAsync(HttpContext context, InvocationAddress address) =>
        calls.MakeAsync(
            context.GetSidecar(), address.AppId, (Invoker: this, Context: context, address.PathAndQuery),
            static (call, target) => call.Invoker.ForwardAsync(call.Context, target, call.PathAndQuery),
            context.RequestAborted);

    /// <returns>Null when the response is complete or the client has gone, otherwise why there is no response.</returns>
    private async ValueTask<Exception?> ForwardAsync(HttpContext context, VirtualSidecar target, string pathAndQuery)
    {
        var channel = target.Channel!;
        using var lease = await channel.EnterAsync(context.RequestAborted);
        if (channel.IsGrpc && !context.Request.IsGrpc())
            return await GrpcAppInvoker.InvokeAsync(context, target, pathAndQuery);
        var error = await forwarder.SendAsync(
            context, channel.Origin, channel.Invoker, channel.IsHttp2 ? Http2 : Http1, new InvocationTransformer(context.GetSidecar(), target, pathAndQuery));
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
            return null;
        var failure = context.GetForwarderErrorFeature()?.Exception ?? new HttpRequestException(error.ToString());
        if (error == ForwarderError.RequestBodyClient)
            throw new BadHttpRequestException(failure.GetBaseException().Message, context.Response.StatusCode, failure);
        context.Response.Clear();
        return failure;
    }
}
