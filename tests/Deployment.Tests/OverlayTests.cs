using Argosy.Deployment.Tests.Manifests;
using Argosy.Deployment.Tests.Rules;
using k8s.Models;

namespace Argosy.Deployment.Tests;

/// <summary>What each overlay really gives, held against every rule.</summary>
public sealed class OverlayTests
{
    public static TheoryData<string> Overlays => [.. Checkout.Overlays];

    public static TheoryData<string, string, string> ServicesAndRules
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var overlay in Checkout.Overlays)
            {
                foreach (var service in Checkout.ServicesOf(overlay))
                {
                    foreach (var rule in Rule.All)
                        data.Add(overlay, service, rule.Name);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ServicesAndRules))]
    public void Service_OfAnOverlay_KeepsTheRule(string overlay, string service, string rule)
    {
        var manifests = ManifestSet.Build(overlay);

        Assert.Empty(Rule.Named(rule).Violations(manifests, manifests.Workload(service)));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Data_OfAnOverlay_KeepsEveryRuleThatConcernsIt(string overlay)
    {
        var manifests = ManifestSet.Build(overlay);

        Assert.All(manifests.Workloads.Where(workload => workload.Deployment is null), workload =>
            Assert.Empty(Rule.All.Where(rule => rule.Concerns(workload)).SelectMany(rule => rule.Violations(manifests, workload).Select(found => $"{rule.Name}: {found}"))));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Overlay_RunsTheServicesOfTyeYaml_AndNoOthers(string overlay) =>
        Assert.Equal(
            Checkout.ServicesOf(overlay).Order(StringComparer.Ordinal),
            ManifestSet.Build(overlay).Of<V1Deployment>().Select(deployment => deployment.Metadata.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Base_HasNoSimulatorNoDataAndNoTags()
    {
        var manifests = ManifestSet.Build(Checkout.Base);

        Assert.Equal(Checkout.ServicesOf(Checkout.Base).Order(StringComparer.Ordinal), manifests.Workloads.Select(workload => workload.Name).Order(StringComparer.Ordinal));
        Assert.All(manifests.Workloads, workload => Assert.Equal($"argosy/{workload.Name}", Assert.Single(workload.Containers).Image));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Objects_AreInTheNamespace_WhichEnforcesTheRestrictedStandard(string overlay)
    {
        var manifests = ManifestSet.Build(overlay);

        var @namespace = Assert.Single(manifests.Of<V1Namespace>());
        Assert.Equal("restricted", @namespace.Metadata.Labels["pod-security.kubernetes.io/enforce"]);
        Assert.All(manifests.Objects.Where(found => found is not V1Namespace), found => Assert.Equal(@namespace.Metadata.Name, found.Metadata.NamespaceProperty));
        Assert.All(manifests.Of<V1RoleBinding>().SelectMany(binding => binding.Subjects), subject => Assert.NotNull(manifests.Find<V1ServiceAccount>(subject.Name)));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Ingress_OverTls_LeadsToTheGatewayAlone(string overlay)
    {
        var manifests = ManifestSet.Build(overlay);

        var ingress = Assert.Single(manifests.Of<V1Ingress>());
        var backend = Assert.Single(Assert.Single(ingress.Spec.Rules).Http.Paths).Backend.Service;
        Assert.Equal("gateway", backend.Name);
        Assert.Contains(manifests.Find<V1Service>("gateway")!.Spec.Ports, port => port.Name == backend.Port.Name);
        Assert.Equal([ingress.Spec.Rules[0].Host], Assert.Single(ingress.Spec.Tls).Hosts);
        // WebSockets live as long as they are allowed to be silent.
        Assert.Equal("3600", ingress.Metadata.Annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"]);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void PublicUrl_IsTheIngresss(string overlay)
    {
        var manifests = ManifestSet.Build(overlay);

        var address = $"https://{Assert.Single(manifests.Of<V1Ingress>()).Spec.Rules[0].Host}";
        var settings = manifests.Of<V1ConfigMap>().Where(map => map.Data.ContainsKey("PublicUrl")).ToList();
        Assert.Equal(2, settings.Count);
        Assert.All(settings, map => Assert.Equal(address, map.Data["PublicUrl"]));
    }

    [Fact]
    public void Hub_IsWhereTheGatewayLooksForIt()
    {
        var manifests = ManifestSet.Build(Checkout.Base);

        var settings = Assert.Single(manifests.Of<V1ConfigMap>(), map => map.Metadata.Name.StartsWith("gateway-settings", StringComparison.Ordinal));
        var hub = new Uri(settings.Data["Hubs__Address"]);
        Assert.Contains(manifests.Find<V1Service>(hub.Host)!.Spec.Ports, port => port.Port == hub.Port);
        Assert.Equal(
            manifests.Workload(hub.Host).Annotations["dapr.io/app-token-secret"],
            manifests.Workload("gateway").Pod.Containers[0].Env.First(variable => variable.Name == "Hubs__AppToken").ValueFrom.SecretKeyRef.Name);
    }
}
