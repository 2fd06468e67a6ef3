using k8s.Models;

namespace Argosy.Deployment.Tests.Manifests;

/// <summary>Something that runs pods: a service's Deployment, or a StatefulSet of the data that a local cluster holds.</summary>
internal sealed class Workload
{
    public Workload(V1Deployment deployment)
    {
        Deployment = deployment;
        Name = deployment.Metadata.Name;
        Template = deployment.Spec.Template;
        Selector = deployment.Spec.Selector;
    }

    public Workload(V1StatefulSet set)
    {
        Name = set.Metadata.Name;
        Template = set.Spec.Template;
        Selector = set.Spec.Selector;
    }

    public string Name { get; }

    /// <summary>Null for a StatefulSet.</summary>
    public V1Deployment? Deployment { get; }

    public V1PodTemplateSpec Template { get; }

    public V1LabelSelector Selector { get; }

    public V1PodSpec Pod => Template.Spec;

    public IEnumerable<V1Container> Containers => Pod.Containers.Concat(Pod.InitContainers ?? []);

    public IDictionary<string, string> Labels => Template.Metadata.Labels ?? new Dictionary<string, string>();

    public IDictionary<string, string> Annotations => Template.Metadata.Annotations ?? new Dictionary<string, string>();

    public bool IsSelectedBy(IDictionary<string, string>? labels) =>
        labels is not null && labels.All(label => Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
