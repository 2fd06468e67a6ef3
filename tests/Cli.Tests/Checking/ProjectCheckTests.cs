using Argosy.Cli.Checking;
using Argosy.Contracts;
using Argosy.Sidecar.Resources;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Checking;

public sealed class ProjectCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ProjectCheckTests()
    {
        _folder.Write("shop.csproj", "");
        _folder.Write("configuration.yaml", "apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata:\n  name: argosy\nspec: {}\n");
        _folder.Write("tye.yaml", """
            extensions:
            - name: dapr
              components-path: components/embedded
              config: configuration.yaml
            services:
            - name: shop
              project: shop.csproj
            """);
        Component("embedded", "statestore", "state.in-memory");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_TheRepository_HasNothingWrong() =>
        Assert.Empty(ProjectCheck.Run(new Installation(Repository.Root, isPublished: false), null).Errors.Select(error => error.Message));

    [Theory]
    [InlineData(ComponentNames.StateStore)]
    [InlineData(ComponentNames.PubSub)]
    [InlineData(ComponentNames.SecretStore)]
    [InlineData(ComponentNames.Configuration)]
    [InlineData(ComponentNames.LockStore)]
    [InlineData(ComponentNames.Email)]
    [InlineData(ComponentNames.PaymentGateway)]
    public void Profiles_OfTheRepository_EachDefineTheComponentsThatServicesName(string component) =>
        Assert.All(Directory.GetDirectories(Path.Combine(Repository.Root, "components")), profile =>
            Assert.Contains(Directory.GetFiles(profile, "*.yaml"), file => File.ReadAllText(file).Contains($"\n  name: {component}\n", StringComparison.Ordinal)));

    [Fact]
    public void Run_SoundProject_IsEmpty() => Assert.Empty(Run());

    [Fact]
    public void Run_MistakesInSeveralFiles_ReportsAllWithFileAndLine()
    {
        Component("embedded", "typo", "state.redsi");
        Component("embedded", "scoped", "state.in-memory", scope: "shopp");
        _folder.Write("components/embedded/subscription.yaml", """
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: orders
            spec:
              pubsubname: nobus
              topic: orders
              routes:
                default: /orders
            """);

        var errors = Run();

        Assert.Contains(errors, error => error.StartsWith("components/embedded/typo.yaml:6: component 'typo': unknown type 'state.redsi'", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("components/embedded/scoped.yaml:1: Component 'scoped': scope 'shopp' is no service of tye.yaml", StringComparison.Ordinal));
        Assert.Contains("components/embedded/subscription.yaml:1: subscription 'orders': 'nobus' is no pub/sub component that 'shop' may use", errors);
        Assert.Contains(errors, error => error.StartsWith("components/embedded/subscription.yaml:1: subscription 'orders' needs 'deadLetterTopic'", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_BadConfiguration_NamesItsLine()
    {
        _folder.Write("configuration.yaml", "apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata:\n  name: argosy\nspec:\n  tracing:\n    samplingRate: lots\n");

        Assert.StartsWith("configuration.yaml:7:", Assert.Single(Run()), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ProfilesWithOtherNames_NamesBothDifferences()
    {
        Component("redis", "state", "state.in-memory");

        Assert.Equal(
            [
                "components/redis/state.yaml:6: component 'state' is not in profile 'embedded': every profile defines the same names",
                $"components/redis:1: profile 'redis' has no component 'statestore', which profile 'embedded' has at {_folder.File("components/embedded/statestore.yaml")}:6",
            ],
            Run().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_OneProfile_LeavesTheOthersOut()
    {
        Component("broken", "statestore", "state.redsi");

        Assert.Empty(Run("embedded"));
        Assert.Single(Run("broken"));
    }

    [Fact]
    public void Run_SecretStoreThatIsNone_IsReported()
    {
        _folder.Write("components/embedded/statestore.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: statestore
            spec:
              type: state.in-memory
              version: v1
            auth:
              secretStore: vault
            """);

        Assert.Contains(Run(), error => error.EndsWith("auth.secretStore 'vault' is no secret store that 'shop' may use", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_HttpEndpointWithMistakes_ReportsEachAtItsPlace()
    {
        Endpoint("embedded", "psp", """
              headers:
              - name: Authorization
                secretKeyRef: { name: key }
              clientTLS:
                rotCA: { value: x }
            scopes: [shopp]
            """);
        Endpoint("embedded", "vaulted", "auth: { secretStore: vault }");

        Assert.Equal(
            [
                "components/embedded/psp.yaml:11: unknown field 'rotCA'; did you mean 'rootCA'?",
                "components/embedded/psp.yaml:1: HTTPEndpoint 'psp': scope 'shopp' is no service of tye.yaml; did you mean 'shop'?",
                "components/embedded/vaulted.yaml:1: HTTPEndpoint 'vaulted': auth.secretStore 'vault' is no secret store that 'shop' may use",
            ],
            Run().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_HttpEndpointSecretWithoutStore_IsReported()
    {
        Endpoint("embedded", "psp", """
              headers:
              - name: Authorization
                secretKeyRef: { name: key }
              clientTLS:
                rootCA:
                  secretKeyRef: { name: ca }
            """);

        Assert.Equal(
            [
                "components/embedded/psp.yaml:12: HTTPEndpoint 'psp': 'rootCA' takes a secret, but auth.secretStore is not set",
                "components/embedded/psp.yaml:8: HTTPEndpoint 'psp': 'Authorization' takes a secret, but auth.secretStore is not set",
            ],
            Run().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_ProfileWithoutTheHttpEndpointOfTheStandard_NamesIt()
    {
        Endpoint("embedded", "psp", "");
        Component("redis", "statestore", "state.in-memory");
        Component("redis", "psp", "bindings.http");

        var errors = Run();

        Assert.Contains($"components/redis:1: profile 'redis' has no HTTPEndpoint 'psp', which profile 'embedded' has at {_folder.File("components/embedded/psp.yaml")}:1", errors);
        Assert.Contains("components/redis/psp.yaml:6: component 'psp' is not in profile 'embedded': every profile defines the same names", errors);
    }

    [Fact]
    public void Run_TypeThatOnlyDaprHas_IsANoticeAndNoError()
    {
        _folder.Write("components/redis/statestore.yaml", Redis("redisHost"));

        Assert.Empty(Run("redis"));
        Assert.Equal(
            "components/redis/statestore.yaml:6: component 'statestore': state.redis needs the real Dapr runtime; the development sidecar does not have it",
            Assert.Single(Messages(Check("redis").Notices)));
        Assert.Empty(Check("embedded").Notices);
    }

    [Fact]
    public void Run_MetadataOfATypeThatOnlyDaprHas_IsCheckedToo()
    {
        _folder.Write("components/redis/statestore.yaml", Redis("redishots"));

        Assert.Equal(
            [
                "components/redis/statestore.yaml:6: component 'statestore': metadata 'redisHost' is required by state.redis",
                "components/redis/statestore.yaml:9: component 'statestore': state.redis has no metadata 'redishots'; did you mean 'redisHost'?",
            ],
            Run("redis"));
    }

    [Fact]
    public void Run_BadResiliencyBesideTheConfiguration_NamesItsLine()
    {
        _folder.Write("resiliency.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Resiliency
            metadata:
              name: argosy
            spec:
              targets:
                components:
                  statestore:
                    inbound:
                      retry: nowhere
            """);

        Assert.Equal("resiliency.yaml:10: retry policy 'nowhere' is not defined", Assert.Single(Run()));
    }

    [Fact]
    public void Run_KustomizationBesideComponents_IsNoneOfThem()
    {
        _folder.Write("components/embedded/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [statestore.yaml]\n");

        Assert.Empty(Run());
    }

    [Fact]
    public void Run_BrokenManifests_AreNamedWithTheirLines()
    {
        _folder.Write("k8s/base/shop/deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n name: twice\n");
        _folder.Write("k8s/base/shop/service.yaml", "apiVersion: v1\nkind: Service\n---\n\nmetadata: {}\n");

        var errors = Run();

        Assert.Equal(3, errors.Count);
        Assert.StartsWith("k8s/base/shop/deployment.yaml:5: not valid YAML", errors[0], StringComparison.Ordinal);
        Assert.Equal(["k8s/base/shop/service.yaml:5: a manifest needs 'apiVersion'", "k8s/base/shop/service.yaml:5: a manifest needs 'kind'"], errors[1..]);
        Assert.Empty(Run("embedded"));
    }

    private List<string> Run(string? profile = null) => Messages(Check(profile).Errors);

    private CheckReport Check(string? profile) => ProjectCheck.Run(new Installation(_folder.Path, isPublished: false), profile);

    private List<string> Messages(IReadOnlyList<ResourceException> found) => [.. found.Select(error => error.Message[(_folder.Path.Length + 1)..])];

    private static string Redis(string host) => $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: statestore
        spec:
          type: state.redis
          version: v1
          metadata:
          - name: {host}
            value: localhost:6379
        """;

    private void Endpoint(string profile, string name, string rest) =>
        _folder.Write($"components/{profile}/{name}.yaml", $"apiVersion: dapr.io/v1alpha1\nkind: HTTPEndpoint\nmetadata:\n  name: {name}\nspec:\n  baseUrl: https://psp.example\n{rest}");

    private void Component(string profile, string name, string type, string? scope = null) =>
        _folder.Write($"components/{profile}/{name}.yaml", $"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: {name}
            spec:
              type: {type}
              version: v1
            {(scope is null ? "" : $"scopes: [{scope}]")}
            """);
}
