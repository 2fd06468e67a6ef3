using Argosy.Sidecar.Resources;

namespace Argosy.Cli.Checking;

/// <summary>What a check found, in order of file and line.</summary>
/// <param name="Errors">What is wrong.</param>
/// <param name="Notices">What is right, but only the real Dapr runtime can run.</param>
internal sealed record CheckReport(IReadOnlyList<ResourceException> Errors, IReadOnlyList<ResourceException> Notices)
{
    public static CheckReport Of(ResourceErrors errors, ResourceErrors notices) => new(Sorted(errors), Sorted(notices));

    private static IReadOnlyList<ResourceException> Sorted(ResourceErrors found) =>
        [.. found.All.OrderBy(error => error.Location.File, StringComparer.Ordinal).ThenBy(error => error.Location.Line)];
}
