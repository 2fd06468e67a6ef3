using Argosy.Sidecar.PubSub;

namespace Argosy.Sidecar.Hosting;

/// <summary>Every building block the sidecar offers.</summary>
internal static class BuildingBlocks
{
    public static IReadOnlyList<IBuildingBlock> All { get; } =
    [
        new PubSubBlock(),
    ];
}
