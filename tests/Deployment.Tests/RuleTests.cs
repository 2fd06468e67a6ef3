using Argosy.Deployment.Tests.Manifests;
using Argosy.Deployment.Tests.Rules;

namespace Argosy.Deployment.Tests;

/// <summary>Each rule sees the mistake it is there for: a manifest that keeps all rules is spoilt in one place.</summary>
public sealed class RuleTests
{
    public static TheoryData<string> Mistakes => [.. Mistake.All.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsSeenByItsRule(string name)
    {
        var mistake = Mistake.All.First(found => found.Name == name);
        var rule = Rule.Named(mistake.Rule);
        var manifests = ManifestSet.Build("k8s/overlays/local");
        Assert.Empty(rule.Violations(manifests, manifests.Workload(mistake.Workload)));

        mistake.Make(manifests, manifests.Workload(mistake.Workload));

        Assert.NotEmpty(rule.Violations(manifests, manifests.Workload(mistake.Workload)));
    }

    [Fact]
    public void Rules_HaveAMistakeEach() =>
        Assert.Equal(Rule.All.Select(rule => rule.Name).Order(StringComparer.Ordinal), Mistake.All.Select(mistake => mistake.Rule).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Manifest_WithAFieldThatItsKindDoesNotHave_IsRefused() =>
        Assert.ThrowsAny<Exception>(() => ManifestSet.Read("apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  prots: []\n"));
}
