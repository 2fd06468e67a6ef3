using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Resources;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Argosy.Sidecar.Hosting;

/// <summary>One building block of the Dapr API: the component types it offers, its engine, and the two thin fronts over that engine.
/// All of them are listed in <see cref="BuildingBlocks"/>.</summary>
internal interface IBuildingBlock
{
    IEnumerable<ComponentType> ComponentTypes => [];

    /// <summary>Metadata names that every component type of this block understands besides its own, for example <c>keyPrefix</c> of state stores.</summary>
    IReadOnlyList<MetadataField> CommonFields => [];

    /// <summary>Reports resources of the block, other than components, that cannot be served.</summary>
    void Check(AppResources resources, ResourceErrors errors)
    {
    }

    /// <summary>Adds the engine to an app's own container. <see cref="SidecarApp"/>, <see cref="AppResources"/>, <see cref="ComponentSet"/>,
    /// <see cref="AppDirectory"/>, logging and <see cref="TimeProvider"/> are there already. A registered <see cref="IHostedService"/> is started
    /// before the API answers and stopped after it has closed; a registered <see cref="IAppLifecycle"/> hears of the app's port.</summary>
    void AddEngine(IServiceCollection services)
    {
    }

    /// <summary>Maps the HTTP routes; <c>context.GetSidecar()</c> gives the sidecar that was called.</summary>
    void MapHttp(IEndpointRouteBuilder routes)
    {
    }

    /// <summary>Adds the methods of <c>dapr.proto.runtime.v1.Dapr</c> that the block serves.</summary>
    void MapGrpc(DaprGrpcBinder grpc)
    {
    }

    /// <summary>Further gRPC services that <see cref="MapHttp"/> maps, so that server reflection can list them.</summary>
    IEnumerable<ServiceDescriptor> GrpcServices => [];
}
