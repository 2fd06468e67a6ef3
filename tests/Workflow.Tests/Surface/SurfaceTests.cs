using Dapr.Workflow;
using Xunit;

namespace Argosy.Workflow.Tests.Surface;

/// <summary>Whether the library in use offers what the official package 1.19 offers to application code. The list was written from the
/// official sources; it leaves out what only the SDK itself uses.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public void Library_OffersEveryMemberOfTheOfficialPackage()
    {
        using var list = new StreamReader(typeof(SurfaceTests).Assembly.GetManifestResourceStream("official-1.19.txt")!);
        var official = list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith('#')).ToList();
        Assert.True(official.Count > 150);
        Type[] roots = [typeof(WorkflowContext), typeof(DaprWorkflowClient)];

        var ours = PublicSurface.Of(roots.Select(root => root.Assembly).Distinct().SelectMany(assembly => assembly.GetExportedTypes())).ToHashSet();

        Assert.Equal([], official.Except(ours));
    }
}
