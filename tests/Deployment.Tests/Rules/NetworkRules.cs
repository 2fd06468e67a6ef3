using Argosy.Deployment.Tests.Manifests;
using k8s.Models;

namespace Argosy.Deployment.Tests.Rules;

/// <summary>Who may talk to whom.</summary>
internal static class NetworkRules
{
    // Ports of the sidecar that other pods must not reach: its APIs and its health.
    private static readonly string[] Private = ["3500", "3501", "50001"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("deny-all", RuleScope.EveryWorkload, (manifests, _) => PodRules.Unless(
            manifests.Of<V1NetworkPolicy>().Any(policy => IsForAll(policy.Spec.PodSelector) && HasBothTypes(policy) && policy.Spec is { Ingress: null or { Count: 0 }, Egress: null or { Count: 0 } }),
            "no policy denies what the others do not allow")),
        new("network-policy", RuleScope.EveryWorkload, (manifests, workload) => PodRules.Unless(
            manifests.Find<V1NetworkPolicy>(workload.Name) is { } policy && workload.IsSelectedBy(policy.Spec.PodSelector?.MatchLabels) && HasBothTypes(policy),
            "no policy of its own, for both directions, selects it")),
        new("narrow-ingress", RuleScope.EveryWorkload, (manifests, workload) => Policies(manifests, workload).SelectMany(NarrowIngress)),
        new("control-plane", RuleScope.Services, ControlPlane),
    ];

    private static IEnumerable<string> NarrowIngress(V1NetworkPolicy policy)
    {
        foreach (var rule in policy.Spec.Ingress ?? [])
        {
            if (rule.FromProperty is not { Count: > 0 } || rule.FromProperty.Any(from => from.IpBlock is not null))
                yield return $"{policy.Metadata.Name} lets everyone in";
            if (rule.Ports is not { Count: > 0 })
                yield return $"{policy.Metadata.Name} opens every port";
            foreach (var port in (rule.Ports ?? []).Where(port => Private.Contains(port.Port.Value)))
                yield return $"{policy.Metadata.Name} opens the sidecar's own port {port.Port.Value}";
        }
    }

    // DNS, Dapr's control plane and other sidecars: without them the sidecar does not even start.
    private static IEnumerable<string> ControlPlane(ManifestSet manifests, Workload workload)
    {
        var open = Policies(manifests, workload).SelectMany(policy => policy.Spec.Egress ?? []).SelectMany(rule => rule.Ports ?? []).Select(port => port.Port.Value).ToHashSet();
        return new[] { "53", "6500", "50001", "50002", "50005", "50006" }.Where(port => !open.Contains(port)).Select(port => $"its sidecar cannot reach port {port}");
    }

    private static IEnumerable<V1NetworkPolicy> Policies(ManifestSet manifests, Workload workload) =>
        manifests.Of<V1NetworkPolicy>().Where(policy => workload.IsSelectedBy(policy.Spec.PodSelector?.MatchLabels));

    private static bool IsForAll(V1LabelSelector? selector) => selector is { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } };

    private static bool HasBothTypes(V1NetworkPolicy policy) => policy.Spec.PolicyTypes is { } types && types.Contains("Ingress") && types.Contains("Egress");
}
