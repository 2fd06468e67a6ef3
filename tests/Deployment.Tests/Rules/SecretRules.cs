using Argosy.Cli.Deploying;
using Argosy.Deployment.Tests.Manifests;
using Argosy.Testing;
using k8s.Models;

namespace Argosy.Deployment.Tests.Rules;

/// <summary>Secrets stand in no manifest, exist where one is named, and are read by those alone that need them.</summary>
internal static class SecretRules
{
    private static readonly string[] Telling = ["password", "secret", "token", "apikey", "connectionstring"];
    private static readonly Lazy<IReadOnlySet<string>> Made = new(Make);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("no-secret-values", RuleScope.EveryWorkload, (manifests, workload) => workload.Containers.SelectMany(Values)
            .Concat(PodRules.Unless(!manifests.Of<V1Secret>().Any(), "there is a Secret among the manifests"))),
        new("secrets-exist", RuleScope.EveryWorkload, (manifests, workload) => Named(manifests, workload).Where(name => !Made.Value.Contains(name)).Select(name => $"no one makes the secret '{name}'")),
        new("secrets-least", RuleScope.EveryWorkload, (manifests, workload) => Roles(manifests, workload).SelectMany(Least)),
    ];

    private static IEnumerable<string> Values(V1Container container) =>
        (container.Env ?? [])
            .Where(variable => variable.Value is { Length: > 0 } value && !value.StartsWith('/') && Telling.Any(word => variable.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(variable => $"the value of {variable.Name} stands in the manifest");

    private static IEnumerable<string> Named(ManifestSet manifests, Workload workload) =>
        workload.Containers.SelectMany(container => (container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef?.Name)
                .Concat((container.EnvFrom ?? []).Select(from => from.SecretRef?.Name)))
            .Concat((workload.Pod.Volumes ?? []).Select(volume => volume.Secret?.SecretName))
            .Concat(Roles(manifests, workload).SelectMany(role => role.Rules).SelectMany(rule => rule.ResourceNames ?? []))
            .OfType<string>();

    private static IEnumerable<string> Least(V1Role role) =>
        role.Rules.Where(rule => rule is not { ResourceNames.Count: > 0, Verbs: ["get"], Resources: ["secrets"] }).Select(_ => $"role {role.Metadata.Name} may do more than read the secrets it names");

    private static IEnumerable<V1Role> Roles(ManifestSet manifests, Workload workload) =>
        manifests.Of<V1RoleBinding>()
            .Where(binding => binding.Subjects.Any(subject => subject.Kind == "ServiceAccount" && subject.Name == workload.Pod.ServiceAccountName))
            .Select(binding => manifests.Find<V1Role>(binding.RoleRef.Name)).OfType<V1Role>();

    private static HashSet<string> Make()
    {
        using var folder = new TempFolder();
        return [.. ClusterSecrets.Make(folder.File("secrets.json"), Checkout.Tye.Services.Select(service => service.Name)).Select(secret => secret.Name)];
    }
}
