using Argosy.Sidecar.Hosting;
using Dapr.Client.Autogen.Grpc.v1;

namespace Argosy.Sidecar.Metadata;

/// <summary>A building block with something to tell in the metadata API; registered in the app's container.</summary>
internal interface IMetadataSource
{
    void Describe(GetMetadataResponse metadata, VirtualSidecar sidecar);
}
