using Argosy.Deployment.Tests.Manifests;
using k8s.Models;

namespace Argosy.Deployment.Tests;

/// <summary>A way to break one rule.</summary>
internal sealed record Mistake(string Rule, string What, Action<ManifestSet, Workload> Make)
{
    public string Name => $"{Rule}: {What}";

    /// <summary>The workload that is spoilt.</summary>
    public string Workload { get; init; } = "catalog";

    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("probes", "no startup probe", (_, it) => it.Pod.Containers[0].StartupProbe = null),
        new("probes", "no readiness probe", (_, it) => it.Pod.Containers[0].ReadinessProbe = null),
        new("probes", "no liveness probe", (_, it) => it.Pod.Containers[0].LivenessProbe = null),
        new("probes", "port of no container", (_, it) => it.Pod.Containers[0].LivenessProbe.HttpGet.Port = "https"),
        new("resources", "no memory limit", (_, it) => it.Pod.Containers[0].Resources.Limits.Remove("memory")),
        new("resources", "no cpu request", (_, it) => it.Pod.Containers[0].Resources.Requests.Remove("cpu")),
        new("resources", "none", (_, it) => it.Pod.Containers[0].Resources = null),
        new("non-root", "not asked for", (_, it) => it.Pod.SecurityContext.RunAsNonRoot = null),
        new("non-root", "no number", (_, it) => it.Pod.SecurityContext.RunAsUser = null),
        new("non-root", "number of root", (_, it) => it.Pod.SecurityContext.RunAsUser = 0),
        new("non-root", "container of root", (_, it) => it.Pod.Containers[0].SecurityContext.RunAsUser = 0),
        new("read-only-root", "writable", (_, it) => it.Pod.Containers[0].SecurityContext.ReadOnlyRootFilesystem = null),
        new("read-only-root", "no /tmp", (_, it) => it.Pod.Containers[0].VolumeMounts.Clear()),
        new("no-capabilities", "none dropped", (_, it) => it.Pod.Containers[0].SecurityContext.Capabilities = null),
        new("no-capabilities", "one added", (_, it) => it.Pod.Containers[0].SecurityContext.Capabilities.Add = ["NET_ADMIN"]),
        new("no-privilege-escalation", "allowed by default", (_, it) => it.Pod.Containers[0].SecurityContext.AllowPrivilegeEscalation = null),
        new("no-privilege-escalation", "privileged", (_, it) => it.Pod.Containers[0].SecurityContext.Privileged = true),
        new("seccomp", "none", (_, it) => it.Pod.SecurityContext.SeccompProfile = null),
        new("host", "its network", (_, it) => it.Pod.HostNetwork = true),
        new("host", "its files", (_, it) => it.Pod.Volumes.Add(new V1Volume { Name = "host", HostPath = new V1HostPathVolumeSource { Path = "/" } })),
        new("identity", "the default account", (_, it) => it.Pod.ServiceAccountName = null),
        new("identity", "token mounted by default", (_, it) => it.Pod.AutomountServiceAccountToken = null),
        new("identity", "account missing", (all, it) => all.Objects.Remove(all.Find<V1ServiceAccount>(it.Name)!)),
        new("image", "latest", (_, it) => it.Pod.Containers[0].Image = "argosy/catalog:latest"),
        new("image", "no tag", (_, it) => it.Pod.Containers[0].Image = "registry:5000/argosy/catalog"),
        new("health-routes", "readiness asks for life only", (_, it) => it.Pod.Containers[0].ReadinessProbe.HttpGet.Path = "/health/live"),
        new("health-routes", "liveness asks for readiness", (_, it) => it.Pod.Containers[0].LivenessProbe.HttpGet.Path = "/health/ready"),
        new("dapr", "not enabled", (_, it) => it.Annotations.Remove("dapr.io/enabled")),
        new("dapr", "another id", (_, it) => it.Annotations["dapr.io/app-id"] = "catalogue"),
        new("dapr", "another port", (_, it) => it.Annotations["dapr.io/app-port"] = "5000"),
        new("dapr", "no app token", (_, it) => it.Annotations.Remove("dapr.io/app-token-secret")),
        new("dapr", "no memory limit", (_, it) => it.Annotations.Remove("dapr.io/sidecar-memory-limit")),
        new("dapr", "another's configuration", (_, it) => it.Annotations["dapr.io/config"] = "tracing"),
        new("dapr", "another's token", (_, it) => it.Pod.Containers[0].Env.First(variable => variable.Name == "APP_API_TOKEN").ValueFrom.SecretKeyRef.Name = "basket-app-token"),
        new("sidecar-identity", "not mounted", (_, it) => it.Annotations.Remove("dapr.io/volume-mounts")),
        new("sidecar-identity", "for the service too", (_, it) => it.Pod.Containers[0].VolumeMounts.Add(new V1VolumeMount { Name = "cluster-identity", MountPath = "/cluster" })),
        new("disruption-budget", "for others", (all, it) => all.Find<V1PodDisruptionBudget>(it.Name)!.Spec.Selector.MatchLabels["app.kubernetes.io/name"] = "catalogue"),
        new("autoscaler", "for others", (all, it) => all.Find<V2HorizontalPodAutoscaler>(it.Name)!.Spec.ScaleTargetRef.Name = "catalogue"),
        new("autoscaler", "fought by the Deployment", (_, it) => it.Deployment!.Spec.Replicas = 1),
        new("service", "of another name", (all, it) => all.Find<V1Service>(it.Name)!.Metadata.Name = "catalogue"),
        new("service", "for other pods", (all, it) => all.Find<V1Service>(it.Name)!.Spec.Selector["app.kubernetes.io/name"] = "catalogue"),
        new("service", "to another port", (all, it) => all.Find<V1Service>(it.Name)!.Spec.Ports[0].TargetPort = "https"),
        new("spread", "none", (_, it) => it.Pod.TopologySpreadConstraints = null),
        new("spread", "of other pods", (_, it) => it.Pod.TopologySpreadConstraints[0].LabelSelector.MatchLabels["app.kubernetes.io/name"] = "catalogue"),
        new("rollout", "fewer pods", (_, it) => it.Deployment!.Spec.Strategy.RollingUpdate.MaxUnavailable = "25%"),
        new("rollout", "no pause before the end", (_, it) => it.Pod.Containers[0].Lifecycle = null),
        new("rollout", "killed too early", (_, it) => it.Pod.TerminationGracePeriodSeconds = 30),
        new("rollout", "sidecar gone first", (_, it) => it.Annotations["dapr.io/block-shutdown-duration"] = "5s"),
        new("settings", "gone", (all, _) => all.Objects.RemoveAll(found => found is V1ConfigMap map && map.Metadata.Name.StartsWith("catalog-settings", StringComparison.Ordinal))),
        new("deny-all", "gone", (all, _) => all.Objects.Remove(all.Find<V1NetworkPolicy>("deny-all")!)),
        new("deny-all", "outgoing left open", (all, _) => all.Find<V1NetworkPolicy>("deny-all")!.Spec.PolicyTypes.Remove("Egress")),
        new("network-policy", "gone", (all, it) => all.Objects.Remove(all.Find<V1NetworkPolicy>(it.Name)!)),
        new("network-policy", "for others", (all, it) => all.Find<V1NetworkPolicy>(it.Name)!.Spec.PodSelector.MatchLabels["app.kubernetes.io/name"] = "catalogue"),
        new("narrow-ingress", "from everywhere", (all, _) => all.Find<V1NetworkPolicy>("sidecars")!.Spec.Ingress[0].FromProperty = null),
        new("narrow-ingress", "to the sidecar's API", (all, _) => all.Find<V1NetworkPolicy>("sidecars")!.Spec.Ingress[0].Ports[0].Port = 3500),
        new("control-plane", "no DNS", (all, _) => all.Find<V1NetworkPolicy>("sidecars")!.Spec.Egress.RemoveAt(1)),
        new("no-secret-values", "in the environment", (_, it) => it.Pod.Containers[0].Env.Add(new V1EnvVar { Name = "Db__Password", Value = "hunter2" })),
        new("no-secret-values", "as a Secret", (all, _) => all.Objects.Add(new V1Secret { Metadata = new V1ObjectMeta { Name = "oops" } })),
        new("secrets-exist", "in the environment", (_, it) => it.Pod.Containers[0].Env.First(variable => variable.Name == "APP_API_TOKEN").ValueFrom.SecretKeyRef.Name = "catalogue-app-token"),
        new("secrets-exist", "in a role", (all, _) => all.Find<V1Role>("catalog-secrets")!.Rules[0].ResourceNames.Add("catalogue-db")),
        new("secrets-exist", "in a volume", (_, it) => it.Pod.Volumes.First(volume => volume.Secret is not null).Secret.SecretName = "redis") { Workload = "redis" },
        new("secrets-least", "all secrets", (all, _) => all.Find<V1Role>("catalog-secrets")!.Rules[0].ResourceNames = null),
        new("secrets-least", "writing", (all, _) => all.Find<V1Role>("catalog-secrets")!.Rules[0].Verbs.Add("update")),
    ];
}
