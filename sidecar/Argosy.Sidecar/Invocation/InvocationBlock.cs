using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Invocation.Endpoints;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;

namespace Argosy.Sidecar.Invocation;

/// <summary>Service invocation. HTTP and proxied gRPC come in through <see cref="InvocationMiddleware"/> and <see cref="GrpcProxyMiddleware"/>,
/// because every path below their addresses belongs to the app.</summary>
internal sealed class InvocationBlock : IBuildingBlock
{
    /// <summary>What looks beyond one app, and so lives in the process's container.</summary>
    public static void AddInvokers(IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<ReplicaCalls>();
        services.AddSingleton<HttpInvoker>();
        services.AddSingleton<InvokeService>();
    }

    public void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<ReplicaBalancer>();
        services.AddSingleton<EndpointConnections>();
        services.AddSingleton<EndpointSet>();
    }

    public void MapGrpc(DaprGrpcBinder grpc) =>
        grpc.Unary<InvokeServiceRequest, InvokeResponse>("InvokeService", (request, sidecar, call) =>
            call.GetHttpContext().RequestServices.GetRequiredService<InvokeService>().InvokeAsync(request, sidecar, call));
}
