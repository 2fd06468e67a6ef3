using k8s;
using k8s.Models;

namespace Argosy.Deployment.Tests.Manifests;

/// <summary>Everything one kustomization gives: the cluster's own kinds as typed objects, read strictly, and Dapr's as text.</summary>
internal sealed class ManifestSet
{
    private const string Separator = "\n---\n";

    private ManifestSet(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects, IReadOnlyList<string> daprDocuments)
    {
        Objects = [.. objects];
        DaprDocuments = daprDocuments;
    }

    /// <summary>May be changed, to see which rule minds.</summary>
    public List<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    public IReadOnlyList<string> DaprDocuments { get; }

    public IEnumerable<Workload> Workloads =>
        Of<V1Deployment>().Select(deployment => new Workload(deployment)).Concat(Of<V1StatefulSet>().Select(set => new Workload(set)));

    /// <exception cref="Exception">A document has a field that its kind does not have, or a value of the wrong type.</exception>
    public static ManifestSet Read(string yaml)
    {
        var documents = yaml.Split(Separator);
        var dapr = documents.Where(document => document.StartsWith("apiVersion: dapr.io/", StringComparison.Ordinal)).ToList();
        // One by one, because the client passes over kinds that it does not know.
        var objects = documents.Except(dapr).Select(document => Assert.IsAssignableFrom<IKubernetesObject<V1ObjectMeta>>(
            Assert.Single(KubernetesYaml.LoadAllFromString(document, strict: true))));
        return new ManifestSet([.. objects], dapr);
    }

    public static ManifestSet Build(string folder) => Read(Kubectl.Build(folder));

    public IEnumerable<T> Of<T>() where T : IKubernetesObject<V1ObjectMeta> => Objects.OfType<T>();

    public T? Find<T>(string? name) where T : class, IKubernetesObject<V1ObjectMeta> => Of<T>().FirstOrDefault(found => found.Metadata.Name == name);

    public Workload Workload(string name) => Workloads.First(workload => workload.Name == name);
}
