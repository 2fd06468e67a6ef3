using Argosy.Sidecar.Hosting;
using Grpc.AspNetCore.Server.Model;

namespace Argosy.Sidecar.Grpc;

/// <summary>Gives the gRPC server the methods that the building blocks serve.</summary>
internal sealed class DaprGrpcMethodProvider(ServedGrpcMethods served) : IServiceMethodProvider<DaprGrpcService>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<DaprGrpcService> context)
    {
        var binder = new DaprGrpcBinder(context);
        foreach (var block in BuildingBlocks.All)
            block.MapGrpc(binder);
        served.Dapr = binder.Methods;
    }
}

/// <summary>What of <c>dapr.proto.runtime.v1.Dapr</c> is served; known once the routes are mapped.</summary>
internal sealed class ServedGrpcMethods
{
    public IReadOnlySet<string> Dapr { get; set; } = new HashSet<string>();
}
