using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Metadata;

namespace Argosy.Sidecar.Workflows;

/// <summary>Workflows: an engine per app, the durable-task service of the gRPC port, and the HTTP routes.</summary>
internal sealed class WorkflowBlock : IBuildingBlock
{
    public void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<WorkflowEngine>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WorkflowEngine>());
        services.AddSingleton<WorkflowOperations>();
        services.AddSingleton<IMetadataSource, WorkflowMetadata>();
    }

    public void MapHttp(IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<TaskHubService>();
        WorkflowRoutes.Map(routes);
    }
}
