using Argosy.Sidecar.Invocation;
using Argosy.Sidecar.Metadata;
using Argosy.Sidecar.PubSub;
using Argosy.Sidecar.Secrets;
using Argosy.Sidecar.State;
using Argosy.Sidecar.Workflows;

namespace Argosy.Sidecar.Hosting;

/// <summary>Every building block the sidecar offers.</summary>
internal static class BuildingBlocks
{
    public static IReadOnlyList<IBuildingBlock> All { get; } =
    [
        new InvocationBlock(),
        new MetadataBlock(),
        new PubSubBlock(),
        new SecretsBlock(),
        new StateBlock(),
        new WorkflowBlock(),
    ];
}
