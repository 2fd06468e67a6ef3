using Argosy.Deployment.Tests.Manifests;

namespace Argosy.Deployment.Tests.Rules;

/// <summary>One thing that every workload, or every service, must have.</summary>
/// <param name="Violations">What is wrong with a workload, in words; nothing when nothing is.</param>
internal sealed record Rule(string Name, RuleScope Scope, Func<ManifestSet, Workload, IEnumerable<string>> Violations)
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. PodRules.All, .. ServiceRules.All, .. NetworkRules.All, .. SecretRules.All];

    public static Rule Named(string name) => All.First(rule => rule.Name == name);

    public bool Concerns(Workload workload) => Scope == RuleScope.EveryWorkload || workload.Deployment is not null;
}

internal enum RuleScope
{
    EveryWorkload,
    Services,
}
