using Argosy.Cli.Checking;
using Argosy.Contracts;
using Argosy.Deployment.Tests.Manifests;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;
using Argosy.Testing;
using k8s.Models;

namespace Argosy.Deployment.Tests;

/// <summary>Dapr's own kinds, as an overlay gives them, read by the same strict reader that local runs use.</summary>
public sealed class DaprResourceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ResourceErrors _errors = new();

    public static TheoryData<string> Overlays => [.. Checkout.Overlays];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Overlays))]
    public void DaprResources_AreSound_AndOfTypesThatDaprHas(string overlay)
    {
        var catalog = new ComponentCatalog([.. BuildingBlocks.All, new DaprOnlyTypes()]);

        foreach (var component in Components(overlay))
            catalog.Check(component, _errors);

        Assert.Empty(_errors.All.Select(error => error.Message));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Components_AreThoseThatServicesName(string overlay)
    {
        var names = Documents(overlay).Where(document => document.Resource is Component or HttpEndpoint).Select(document => document.Name);

        Assert.Equal(
            new[]
            {
                ComponentNames.Configuration, ComponentNames.Email, ComponentNames.LockStore, ComponentNames.PaymentGateway, ComponentNames.PubSub, ComponentNames.SecretStore,
                ComponentNames.StateStore,
            }.Order(StringComparer.Ordinal),
            names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void SecretStore_IsTheClusters_AndEverySecretOfAComponentMayBeReadByItsServices(string overlay)
    {
        var manifests = ManifestSet.Build(overlay);
        var components = Components(overlay);

        Assert.Equal("secretstores.kubernetes", components.Single(component => component.Name == ComponentNames.SecretStore).Type);
        Assert.All(components.Where(component => component.SecretStore is not null), component => Assert.Equal(ComponentNames.SecretStore, component.SecretStore));
        Assert.All(components, component =>
            Assert.All(Checkout.ServicesOf(overlay).Where(component.IsInScopeOf), service =>
                Assert.Empty(component.Metadata.Select(item => item.SecretKeyRef?.Name).OfType<string>().Except(Readable(manifests, service)))));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void PubSub_IsRetriedByTheSidecar(string overlay) =>
        Assert.Contains(ManifestSet.Build(overlay).DaprDocuments, document =>
            document.Contains("kind: Resiliency", StringComparison.Ordinal) && document.Contains($"      {ComponentNames.PubSub}:\n        inbound:\n", StringComparison.Ordinal));

    // daprd takes 'localhost' for the pod itself, where no server runs.
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Components_NameNoServerOfALaptop(string overlay) =>
        Assert.All(Components(overlay).SelectMany(component => component.Metadata), item => Assert.DoesNotContain("localhost", item.Value ?? "", StringComparison.Ordinal));

    private static IEnumerable<string> Readable(ManifestSet manifests, string service) =>
        manifests.Of<V1RoleBinding>().Where(binding => binding.Subjects.Any(subject => subject.Name == service))
            .Select(binding => manifests.Find<V1Role>(binding.RoleRef.Name)).OfType<V1Role>()
            .SelectMany(role => role.Rules).SelectMany(rule => rule.ResourceNames ?? []);

    private List<Component> Components(string overlay) => [.. Documents(overlay).Select(document => document.Resource).OfType<Component>()];

    private IReadOnlyList<ResourceDocument> Documents(string overlay)
    {
        var reader = new ResourceReader(_errors);
        reader.ReadFile(_folder.Write("resources.yaml", string.Join("\n---\n", ManifestSet.Build(overlay).DaprDocuments)));
        return reader.Documents;
    }
}
