using Argosy.Sidecar.Bindings;
using Argosy.Sidecar.Configuration;
using Argosy.Sidecar.Invocation;
using Argosy.Sidecar.Locks;
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
        new BindingsBlock(),
        new ConfigurationBlock(),
        new InvocationBlock(),
        new LockBlock(),
        new MetadataBlock(),
        new PubSubBlock(),
        new SecretsBlock(),
        new StateBlock(),
        new WorkflowBlock(),
    ];
}
