using Argosy.Deployment.Tests.Manifests;
using k8s.Models;

namespace Argosy.Deployment.Tests.Rules;

/// <summary>What a pod may do to the machine it runs on, and how the machine knows that it is well.</summary>
internal static class PodRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("probes", RuleScope.EveryWorkload, (_, workload) => workload.Pod.Containers.SelectMany(Probes)),
        new("resources", RuleScope.EveryWorkload, (_, workload) => workload.Containers.SelectMany(Resources)),
        new("non-root", RuleScope.EveryWorkload, (_, workload) => NonRoot(workload.Pod)),
        new("read-only-root", RuleScope.EveryWorkload, (_, workload) => workload.Containers.SelectMany(container => ReadOnlyRoot(workload.Pod, container))),
        new("no-capabilities", RuleScope.EveryWorkload, (_, workload) => workload.Containers.SelectMany(Capabilities)),
        new("no-privilege-escalation", RuleScope.EveryWorkload, (_, workload) => workload.Containers.SelectMany(Privileges)),
        new("seccomp", RuleScope.EveryWorkload, (_, workload) =>
            Unless(workload.Pod.SecurityContext?.SeccompProfile?.Type == "RuntimeDefault", "the pod's seccompProfile is not RuntimeDefault")),
        new("host", RuleScope.EveryWorkload, (_, workload) => Unless(
            workload.Pod is { HostNetwork: not true, HostPID: not true, HostIPC: not true } && (workload.Pod.Volumes ?? []).All(volume => volume.HostPath is null),
            "the pod uses the host's network, processes or files")),
        new("identity", RuleScope.EveryWorkload, Identity),
        new("image", RuleScope.EveryWorkload, (_, workload) => workload.Containers.SelectMany(Image)),
    ];

    internal static IEnumerable<string> Unless(bool holds, string otherwise) => holds ? [] : [otherwise];

    private static IEnumerable<string> Probes(V1Container container)
    {
        foreach (var (name, probe) in new[] { ("startup", container.StartupProbe), ("readiness", container.ReadinessProbe), ("liveness", container.LivenessProbe) })
        {
            if (probe is null)
                yield return $"{container.Name} has no {name} probe";
            else if (probe.HttpGet is { } get && !(container.Ports ?? []).Any(port => port.Name == get.Port?.Value))
                yield return $"the {name} probe of {container.Name} asks port '{get.Port?.Value}', which the container does not name";
        }
    }

    private static IEnumerable<string> Resources(V1Container container) =>
        from resource in new[] { "cpu", "memory" }
        from side in new[] { ("request", container.Resources?.Requests), ("limit", container.Resources?.Limits) }
        where side.Item2?.ContainsKey(resource) != true
        select $"{container.Name} has no {resource} {side.Item1}";

    private static IEnumerable<string> NonRoot(V1PodSpec pod) =>
        Unless(pod.SecurityContext is { RunAsNonRoot: true, RunAsUser: > 0, RunAsGroup: > 0 }, "the pod may run as root, or names no user by number")
            .Concat(Unless(pod.Containers.All(container => container.SecurityContext?.RunAsUser is null or > 0), "a container runs as root"));

    private static IEnumerable<string> ReadOnlyRoot(V1PodSpec pod, V1Container container) =>
        Unless(container.SecurityContext?.ReadOnlyRootFilesystem == true, $"{container.Name} may write to its root file system")
            .Concat(Unless(
                (container.VolumeMounts ?? []).Any(mount => mount.MountPath == "/tmp" && pod.Volumes?.Any(volume => volume.Name == mount.Name && volume.EmptyDir?.SizeLimit is not null) == true),
                $"{container.Name} has no /tmp of limited size"));

    private static IEnumerable<string> Capabilities(V1Container container) =>
        Unless(container.SecurityContext?.Capabilities is { Drop: ["ALL"], Add: null or { Count: 0 } }, $"{container.Name} keeps capabilities");

    private static IEnumerable<string> Privileges(V1Container container) =>
        Unless(container.SecurityContext is { AllowPrivilegeEscalation: false, Privileged: not true }, $"{container.Name} may gain privileges");

    private static IEnumerable<string> Identity(ManifestSet manifests, Workload workload) =>
        Unless(workload.Pod.ServiceAccountName == workload.Name, "the pod has no service account of its own")
            .Concat(Unless(workload.Pod.AutomountServiceAccountToken == false, "the pod mounts a token of the cluster's API"))
            .Concat(Unless(manifests.Find<V1ServiceAccount>(workload.Pod.ServiceAccountName)?.AutomountServiceAccountToken == false, "the service account is missing or mounts its token"));

    private static IEnumerable<string> Image(V1Container container)
    {
        var name = container.Image.Split('/')[^1];
        return Unless(name.Contains("@sha256:", StringComparison.Ordinal) || name.Split(':') is [_, not ("" or "latest")], $"{container.Image} has no fixed tag");
    }
}
