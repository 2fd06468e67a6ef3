using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.Invocation;

/// <summary>Service invocation. Its HTTP front is <see cref="InvocationMiddleware"/>; here is the rest.</summary>
internal sealed class InvocationBlock : IBuildingBlock
{
    public void AddEngine(IServiceCollection services) => services.AddSingleton<ReplicaBalancer>();

    public void MapGrpc(DaprGrpcBinder grpc)
    {
    }
}
