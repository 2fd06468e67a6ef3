using System.Globalization;
using Argosy.Deployment.Tests.Manifests;
using k8s.Models;

namespace Argosy.Deployment.Tests.Rules;

/// <summary>What a service needs to be found, to grow, and to be replaced without anyone noticing.</summary>
internal static class ServiceRules
{
    private static readonly string[] Annotations =
    [
        "dapr.io/app-id", "dapr.io/app-port", "dapr.io/app-token-secret", "dapr.io/api-token-secret", "dapr.io/config", "dapr.io/log-as-json", "dapr.io/enable-metrics",
        "dapr.io/sidecar-cpu-request", "dapr.io/sidecar-cpu-limit", "dapr.io/sidecar-memory-request", "dapr.io/sidecar-memory-limit", "dapr.io/sidecar-seccomp-profile-type",
        "dapr.io/graceful-shutdown-seconds", "dapr.io/block-shutdown-duration", "dapr.io/app-health-check-path", "dapr.io/disable-builtin-k8s-secret-store",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("health-routes", RuleScope.Services, (_, workload) => workload.Pod.Containers.SelectMany(HealthRoutes)),
        new("dapr", RuleScope.Services, Dapr),
        new("sidecar-identity", RuleScope.Services, SidecarIdentity),
        new("disruption-budget", RuleScope.Services, (manifests, workload) => PodRules.Unless(
            manifests.Of<V1PodDisruptionBudget>().Any(budget => workload.IsSelectedBy(budget.Spec.Selector?.MatchLabels) && budget.Spec.MaxUnavailable?.Value == "1"),
            "no PodDisruptionBudget lets go of one pod at a time")),
        new("autoscaler", RuleScope.Services, Autoscaler),
        new("service", RuleScope.EveryWorkload, Service),
        new("spread", RuleScope.Services, Spread),
        new("rollout", RuleScope.Services, Rollout),
        new("settings", RuleScope.EveryWorkload, Settings),
    ];

    private static IEnumerable<string> HealthRoutes(V1Container container) =>
        PodRules.Unless(container.StartupProbe?.HttpGet?.Path == "/health/live", "the startup probe does not ask /health/live")
            .Concat(PodRules.Unless(container.LivenessProbe?.HttpGet?.Path == "/health/live", "the liveness probe does not ask /health/live"))
            .Concat(PodRules.Unless(container.ReadinessProbe?.HttpGet?.Path == "/health/ready", "the readiness probe does not ask /health/ready"));

    private static IEnumerable<string> Dapr(ManifestSet manifests, Workload workload)
    {
        if (workload.Annotations.TryGetValue("dapr.io/enabled", out var enabled) is false || enabled != "true")
            yield return "Dapr is not enabled";
        foreach (var missing in Annotations.Where(annotation => !workload.Annotations.TryGetValue(annotation, out var value) || value.Length == 0))
            yield return $"annotation {missing} is missing";
        var values = workload.Annotations;
        if (values.TryGetValue("dapr.io/app-id", out var id) && id != workload.Name)
            yield return $"app id '{id}' is not the service's name";
        if (values.TryGetValue("dapr.io/app-port", out var port) && !workload.Containers.Any(container => (container.Ports ?? []).Any(open => $"{open.ContainerPort}" == port)))
            yield return $"no container listens on app port {port}";
        if (values.TryGetValue("dapr.io/config", out var configuration)
            && !manifests.DaprDocuments.Any(document => document.Contains("kind: Configuration\n", StringComparison.Ordinal) && document.Contains($"\n  name: {configuration}\n", StringComparison.Ordinal)))
            yield return $"Dapr configuration '{configuration}' is not among the manifests";
        foreach (var (annotation, variable) in new[] { ("dapr.io/app-token-secret", "APP_API_TOKEN"), ("dapr.io/api-token-secret", "DAPR_API_TOKEN") })
        {
            if (values.TryGetValue(annotation, out var secret) && !workload.Pod.Containers.All(container => SecretOf(container, variable) is { Key: "token" } used && used.Name == secret))
                yield return $"the service does not get as {variable} what its sidecar takes from '{secret}'";
        }
    }

    // Only the sidecar reads secrets, so only it gets the token of the cluster's API.
    private static IEnumerable<string> SidecarIdentity(ManifestSet manifests, Workload workload)
    {
        const string Path = "/var/run/secrets/kubernetes.io/serviceaccount";
        var volume = workload.Annotations.TryGetValue("dapr.io/volume-mounts", out var mounts) && mounts.Split(':') is [var name, Path] ? name : null;
        return PodRules.Unless(
                workload.Pod.Volumes?.Any(found => found.Name == volume && found.Projected?.Sources.Any(source => source.ServiceAccountToken is not null) == true) == true,
                "the sidecar gets no token for its secret store")
            .Concat(PodRules.Unless(workload.Containers.All(container => (container.VolumeMounts ?? []).All(mount => mount.Name != volume)), "the service itself gets the sidecar's token"));
    }

    private static IEnumerable<string> Autoscaler(ManifestSet manifests, Workload workload)
    {
        var scalers = manifests.Of<V2HorizontalPodAutoscaler>().Where(scaler => scaler.Spec.ScaleTargetRef is { Kind: "Deployment" } target && target.Name == workload.Name).ToList();
        if (scalers is not [var scaler])
            return [$"{scalers.Count} autoscalers target it"];
        return PodRules.Unless(scaler.Spec.MinReplicas >= 1 && scaler.Spec.MinReplicas <= scaler.Spec.MaxReplicas, "the autoscaler's least is more than its most")
            .Concat(PodRules.Unless(scaler.Spec.Metrics is { Count: > 0 }, "the autoscaler looks at nothing"))
            .Concat(PodRules.Unless(workload.Deployment!.Spec.Replicas is null, "the Deployment's own replicas would undo the autoscaler's at every apply"));
    }

    private static IEnumerable<string> Service(ManifestSet manifests, Workload workload)
    {
        if (manifests.Find<V1Service>(workload.Name) is not { } service)
            return ["it has no Service of its name"];
        return PodRules.Unless(workload.IsSelectedBy(service.Spec.Selector), "the Service selects other pods")
            .Concat(service.Spec.Ports
                .Where(port => !workload.Containers.Any(container => (container.Ports ?? []).Any(open => open.Name == port.TargetPort.Value || $"{open.ContainerPort}" == port.TargetPort.Value)))
                .Select(port => $"no container has port '{port.TargetPort.Value}' of the Service"));
    }

    private static IEnumerable<string> Spread(ManifestSet manifests, Workload workload) =>
        from key in new[] { "topology.kubernetes.io/zone", "kubernetes.io/hostname" }
        where !(workload.Pod.TopologySpreadConstraints ?? []).Any(spread =>
            spread.TopologyKey == key && spread.LabelSelector?.MatchLabels is { Count: > 0 } labels && workload.IsSelectedBy(labels))
        select $"its pods are not spread over {key}";

    private static IEnumerable<string> Rollout(ManifestSet manifests, Workload workload)
    {
        if (workload.Deployment!.Spec.Strategy is not { Type: "RollingUpdate", RollingUpdate: { MaxUnavailable.Value: "0" } })
            yield return "an update takes pods away before their successors are ready";
        var quiet = workload.Pod.Containers.Max(container => container.Lifecycle?.PreStop?.Sleep?.Seconds) ?? 0;
        if (quiet == 0)
            yield return "a pod ends while requests are still on their way to it";
        workload.Annotations.TryGetValue("dapr.io/block-shutdown-duration", out var block);
        workload.Annotations.TryGetValue("dapr.io/graceful-shutdown-seconds", out var graceful);
        var sidecar = Seconds(block?.TrimEnd('s')) + Seconds(graceful);
        // ASP.NET Core gives requests under way 30 seconds.
        if (Seconds(block?.TrimEnd('s')) < quiet + 30)
            yield return "the sidecar ends before the requests under way";
        if (workload.Pod.TerminationGracePeriodSeconds is not { } grace || grace <= sidecar)
            yield return "the pod is killed before its sidecar is done";
    }

    private static IEnumerable<string> Settings(ManifestSet manifests, Workload workload) =>
        workload.Containers.SelectMany(container => (container.EnvFrom ?? []).Select(from => from.ConfigMapRef?.Name)
                .Concat((container.Env ?? []).Select(variable => variable.ValueFrom?.ConfigMapKeyRef?.Name)))
            .Concat((workload.Pod.Volumes ?? []).Select(volume => volume.ConfigMap?.Name))
            .OfType<string>()
            .Where(name => manifests.Find<V1ConfigMap>(name) is null)
            .Select(name => $"ConfigMap '{name}' is not among the manifests");

    private static V1SecretKeySelector? SecretOf(V1Container container, string variable) =>
        container.Env?.FirstOrDefault(found => found.Name == variable)?.ValueFrom?.SecretKeyRef;

    private static int Seconds(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
}
