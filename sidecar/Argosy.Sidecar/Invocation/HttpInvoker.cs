using System.Security.Authentication;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Invocation.Endpoints;
using Grpc.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Sidecar.Invocation;

/// <summary>Forwards requests, HTTP and gRPC alike, to the apps of this process and HTTP to hosts outside, streaming both ways.</summary>
internal sealed class HttpInvoker(ReplicaCalls calls, IHttpForwarder forwarder)
{
    // The sidecar sets no limit of its own: how long a call may take is the caller's affair.
    private static readonly ForwarderRequestConfig Http1 = new() { ActivityTimeout = Timeout.InfiniteTimeSpan, Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
    private static readonly ForwarderRequestConfig Http2 = Http1 with { Version = new Version(2, 0) };
    private static readonly ForwarderRequestConfig BestHttp = Http2 with { VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };

    /// <exception cref="Errors.DaprApiException">The target is unknown or cannot be reached.</exception>
    public Task InvokeAsync(HttpContext context, InvocationAddress address)
    {
        var caller = context.GetSidecar();
        // The name of an endpoint comes before that of an app. gRPC is proxied to apps only.
        if (caller.App.Engine<EndpointSet>().Find(address.AppId) is { } endpoint && !context.Request.IsGrpc())
            return ForwardAsync(context, endpoint, address);
        return calls.MakeAsync(
            caller, address.AppId, (Invoker: this, Context: context, address.PathAndQuery),
            static (call, target) => call.Invoker.ForwardAsync(call.Context, target, call.PathAndQuery),
            context.RequestAborted);
    }

    private async ValueTask<Exception?> ForwardAsync(HttpContext context, VirtualSidecar target, string pathAndQuery)
    {
        var channel = target.Channel!;
        using var lease = await channel.EnterAsync(context.RequestAborted);
        if (channel.IsGrpc && !context.Request.IsGrpc())
            return await GrpcAppInvoker.InvokeAsync(context, target, pathAndQuery);
        return await SendAsync(context, channel.Origin, channel.Invoker, channel.IsHttp2 ? Http2 : Http1, new InvocationTransformer(context.GetSidecar(), target, pathAndQuery));
    }

    /// <summary>Once: daprd tries calls again that leave the platform only when a resiliency policy says so.</summary>
    private async Task ForwardAsync(HttpContext context, EndpointTarget endpoint, InvocationAddress address)
    {
        Exception? failure;
        try
        {
            failure = await SendAsync(context, endpoint.BaseUrl, endpoint.Invoker, BestHttp, new EndpointTransformer(endpoint, endpoint.Locate(address.PathAndQuery)));
        }
        catch (UriFormatException invalid)
        {
            failure = invalid;
        }
        if (failure is not null)
            throw ReplicaCalls.Failed(address.AppId, StatusCode.Internal, Reason(failure));
    }

    /// <returns>Null when the response is complete or the client has gone, otherwise why there is no response.</returns>
    private async ValueTask<Exception?> SendAsync(HttpContext context, string prefix, HttpMessageInvoker invoker, ForwarderRequestConfig config, HttpTransformer transformer)
    {
        var error = await forwarder.SendAsync(context, prefix, invoker, config, transformer);
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
            return null;
        var failure = context.GetForwarderErrorFeature()?.Exception ?? new HttpRequestException(error.ToString());
        if (error == ForwarderError.RequestBodyClient)
            throw new BadHttpRequestException(failure.GetBaseException().Message, context.Response.StatusCode, failure);
        context.Response.Clear();
        return failure;
    }

    /// <summary>What is wrong with a certificate stands one step deeper.</summary>
    internal static string Reason(Exception failure) => failure.InnerException is AuthenticationException untrusted ? untrusted.Message : failure.Message;
}
