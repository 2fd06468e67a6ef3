using Xunit;

namespace Argosy.Architecture.Tests;

/// <summary>Law 1 and the layout of the repository, checked on what the restore really resolved.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> Services => [.. ProjectFile.Under("services").Select(project => project.RelativePath)];

    public static TheoryData<string> SidecarProjects => [.. ProjectFile.Under("sidecar").Select(project => project.RelativePath)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_HasNoBrokerCacheOrCloudClient(string project) =>
        Assert.DoesNotContain(Load(project).Packages, ClientPackages.Contains);

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_ReferencesOnlyCommonProjectsAndTheWorkflowSdk(string project)
    {
        var allowed = ProjectFile.Under("services/Common").Select(common => common.Name).Append("Dapr.Workflow").ToHashSet();
        Assert.All(Load(project).ReferencedProjects, reference => Assert.Contains(reference, allowed));
    }

    [Theory]
    [MemberData(nameof(SidecarProjects))]
    public void Sidecar_ReferencesNoService(string project)
    {
        var services = ProjectFile.Under("services").Select(service => service.Name).ToHashSet();
        Assert.All(Load(project).ReferencedProjects, reference => Assert.DoesNotContain(reference, services));
    }

    [Fact]
    public void Services_AreFound_SoThatTheRulesMeanSomething() =>
        Assert.Superset(new HashSet<string> { "Argosy.Gateway", "Argosy.Catalog", "Argosy.Basket", "Argosy.Inventory", "Argosy.Ordering" },
            ProjectFile.Under("services").Select(project => project.Name).ToHashSet());

    [Theory]
    [InlineData("StackExchange.Redis", true)]
    [InlineData("RabbitMQ.Client", true)]
    [InlineData("NATS.Net", true)]
    [InlineData("AWSSDK.S3", true)]
    [InlineData("Azure.Messaging.ServiceBus", true)]
    [InlineData("Google.Cloud.PubSub.V1", true)]
    [InlineData("Google.Protobuf", false)]
    [InlineData("Npgsql", false)]
    [InlineData("Dapr.Client", false)]
    public void ClientPackages_TellClientsFromTheRest(string package, bool client) => Assert.Equal(client, ClientPackages.Contains(package));

    private static ProjectFile Load(string relativePath) => new(Path.Combine(Testing.Repository.Root, relativePath));
}
