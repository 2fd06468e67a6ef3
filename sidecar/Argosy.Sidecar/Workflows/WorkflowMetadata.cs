using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Metadata;
using Dapr.Client.Autogen.Grpc.v1;

namespace Argosy.Sidecar.Workflows;

/// <summary>Tells in the metadata API how many workers are connected.</summary>
internal sealed class WorkflowMetadata(WorkflowEngine engine) : IMetadataSource
{
    public void Describe(GetMetadataResponse metadata, VirtualSidecar sidecar) =>
        metadata.Workflows = new MetadataWorkflows { ConnectedWorkers = engine.Dispatcher.ConnectedWorkers };
}
