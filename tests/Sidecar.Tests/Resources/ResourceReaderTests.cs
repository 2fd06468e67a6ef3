using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Resources;

public sealed class ResourceReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ResourceErrors _errors = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SeveralDocumentsAndKinds_AreAllThere()
    {
        var resources = Read("""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: { name: store, namespace: shop }
            spec:
              type: state.sqlite
              version: v1
              ignoreErrors: true
              initTimeout: 1m30s
              metadata:
                - name: connectionString
                  value: state.db
                - name: actorStateStore
                  value: true
                - name: keyPrefix
                  secretKeyRef: { name: prefix, key: value }
                - name: tableName
                  envRef: TABLE
            auth: { secretStore: secrets }
            scopes: [basket]
            ---
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata: { name: orders }
            spec:
              pubsubname: pubsub
              topic: order-submitted
              routes:
                rules: [{ match: 'event.type == "x"', path: /x }]
                default: /all
              deadLetterTopic: order-submitted-dead
              bulkSubscribe: { enabled: true, maxMessagesCount: 7 }
            ---
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata: { name: older }
            spec: { pubsubname: pubsub, topic: t, route: /events/t, metadata: { rawPayload: "true" } }
            ---
            apiVersion: dapr.io/v1alpha1
            kind: HTTPEndpoint
            metadata: { name: psp }
            spec:
              version: v1alpha1
              baseUrl: "https://psp.example"
              headers: [{ name: X-Version, value: "1" }, { name: Authorization, secretKeyRef: { name: key } }]
              clientTLS:
                rootCA: { value: pem }
                certificate: { secretKeyRef: { name: tls, key: cert } }
                privateKey: { secretKeyRef: { name: tls, key: key } }
                renegotiation: OnceAsClient
            auth: { secretStore: secrets }
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Resiliency
            metadata: { name: resiliency }
            spec:
              policies:
                timeouts: { short: 5s }
                retries: { often: { policy: constant, duration: 1s, maxRetries: 3 } }
                circuitBreakers: { breaker: { maxRequests: 1, timeout: 30s, trip: consecutiveFailures > 3 } }
              targets:
                apps: { ordering: { timeout: short, retry: often, circuitBreaker: breaker } }
                components: { pubsub: { inbound: { retry: often } } }
            """, "basket", "shop");

        Assert.Empty(_errors.All);
        var component = Assert.Single(resources.Components);
        Assert.Equal(("store", "state.sqlite", "secrets", true, TimeSpan.FromSeconds(90)), (component.Name, component.Type, component.SecretStore, component.IgnoreErrors, component.InitTimeout));
        Assert.Equal("true", component.Metadata[1].Value);
        Assert.Equal(new SecretKeyRef("prefix", "value"), component.Metadata[2].SecretKeyRef);
        Assert.Equal("TABLE", component.Metadata[3].EnvRef);
        Assert.Equal(12, component.Metadata[1].Location.Line);
        var (newer, older) = (resources.Subscriptions[0], resources.Subscriptions[1]);
        Assert.Equal(("/all", "order-submitted-dead", 7), (newer.DefaultPath, newer.DeadLetterTopic, newer.BulkSubscribe!.MaxMessagesCount));
        Assert.Equal(new SubscriptionRule("event.type == \"x\"", "/x"), Assert.Single(newer.Rules));
        Assert.Equal(("/events/t", "true"), (older.DefaultPath, older.Metadata["rawPayload"]));
        var endpoint = Assert.Single(resources.HttpEndpoints);
        Assert.Equal(("https://psp.example/", "secrets", true), (endpoint.BaseUrl.ToString(), endpoint.SecretStore, endpoint.ClientTls!.AllowsRenegotiation));
        Assert.Equal(["X-Version", "Authorization", "rootCA", "certificate", "privateKey"], endpoint.Values.Select(value => value.Name));
        Assert.Equal(new SecretKeyRef("tls", "cert"), endpoint.ClientTls.Certificate!.SecretKeyRef);
    }

    [Theory]
    [InlineData("basket", "shop", true)]
    [InlineData("other", "shop", false)]
    [InlineData("basket", "default", false)]
    public void ForApp_ScopeAndNamespace_DecideWhatIsVisible(string appId, string appNamespace, bool visible)
    {
        var resources = Read("""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: { name: store, namespace: shop }
            spec: { type: state.in-memory, version: v1 }
            scopes: [basket]
            """, appId, appNamespace);

        Assert.Equal(visible, resources.Components.Count == 1);
    }

    [Theory]
    [InlineData("kind: Componant\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }", 1, "unknown kind 'Componant'; did you mean 'Component'?")]
    [InlineData("kind: Component\napiVersion: dapr.io/v2\nmetadata: { name: x }\nspec: { type: state.in-memory }", 2, "apiVersion of a Component is 'dapr.io/v2', expected dapr.io/v1alpha1")]
    [InlineData("kind: Component\napiVersion: dapr.io/v1alpha1\nspec: { type: state.in-memory }", 1, "'metadata' is required")]
    [InlineData("kind: Component\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  type: state.in-memory\n  metadat: []", 6, "unknown field 'metadat'; did you mean 'metadata'?")]
    [InlineData("kind: Component\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  type: state.in-memory\n  ignoreErrors: perhaps", 6, "'ignoreErrors' is 'perhaps', expected true or false")]
    [InlineData("kind: Component\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  type: state.in-memory\n  initTimeout: soon", 6, "'initTimeout' is 'soon', expected a duration such as 500ms or 1m30s")]
    [InlineData("kind: Component\n  bad: [", 2, "not valid YAML")]
    [InlineData("- a\n- b", 1, "a resource must be a mapping with apiVersion, kind, metadata and spec")]
    [InlineData("kind: Subscription\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  pubsubname: p\n  route: /x", 5, "'topic' is required")]
    [InlineData("kind: HTTPEndpoint\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  baseUrl: not-a-url", 5, "'baseUrl' is 'not-a-url', expected an absolute http or https URL")]
    [InlineData("kind: HTTPEndpoint\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  baseUrl: https://x.example?a=b", 5, "'baseUrl' is 'https://x.example?a=b', expected an absolute http or https URL without a query")]
    [InlineData("kind: HTTPEndpoint\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  baseUrl: https://x.example\n  header: []", 6, "unknown field 'header'; did you mean 'headers'?")]
    [InlineData("kind: HTTPEndpoint\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  baseUrl: https://x.example\n  headers:\n  - nam: X\n    name: Y", 7, "unknown field 'nam'; did you mean 'name'?")]
    [InlineData("kind: HTTPEndpoint\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  baseUrl: https://x.example\n  clientTLS:\n    rootCa: {}", 7, "unknown field 'rootCa'; did you mean 'rootCA'?")]
    [InlineData("kind: HTTPEndpoint\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  baseUrl: https://x.example\n  clientTLS:\n    rootCA:\n      secretRef: {}", 8, "unknown field 'secretRef'; did you mean 'secretKeyRef'?")]
    [InlineData("kind: HTTPEndpoint\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  baseUrl: https://x.example\n  clientTLS:\n    certificate: { value: x }", 7, "'certificate' needs 'privateKey' beside it")]
    [InlineData("kind: HTTPEndpoint\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  baseUrl: https://x.example\n  clientTLS:\n    renegotiation: Often", 7, "'renegotiation' is 'Often', expected Never, OnceAsClient or FreelyAsClient")]
    [InlineData("kind: Configuration\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  tracing:\n    samplingRate: '2'", 6, "'samplingRate' is '2', expected a number from 0 to 1")]
    [InlineData("kind: Resiliency\napiVersion: dapr.io/v1alpha1\nmetadata: { name: x }\nspec:\n  policies: { retries: { often: {} } }\n  targets:\n    apps:\n      a: { retry: oftn }", 8, "retry policy 'oftn' is not defined; did you mean 'often'?")]
    public void Read_SomethingWrong_IsReportedAtItsLine(string yaml, int line, string reason)
    {
        Read(yaml);

        var error = Assert.Single(_errors.All);
        Assert.Equal((_folder.File("resources.yaml"), line), (error.Location.File, error.Location.Line));
        Assert.StartsWith(reason, error.Reason);
    }

    [Fact]
    public void Read_SameNameTwice_IsRefusedWithBothPlaces()
    {
        var document = "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: { name: store }\nspec: { type: state.in-memory, version: v1 }\n";

        Read(document + "---\n" + document);

        Assert.Equal($"Component 'store' is defined twice, first at {_folder.File("resources.yaml")}:1", Assert.Single(_errors.All).Reason);
    }

    [Theory]
    [InlineData("state.sqlit", "", "unknown type 'state.sqlit'; did you mean 'state.sqlite'?")]
    [InlineData("nothing.like.it", "", "unknown type 'nothing.like.it'")]
    [InlineData("secretstores.local.file", "", "metadata 'secretsFile' is required by secretstores.local.file")]
    [InlineData("secretstores.local.file", "{ name: secretsFile, value: a.json }, { name: multiValue, value: 'true' }", "secretstores.local.file has no metadata 'multiValue'; did you mean 'multiValued'?")]
    [InlineData("secretstores.local.file", "{ name: secretsFile, value: a.json }, { name: multiValued, value: maybe }", "metadata 'multiValued' is 'maybe', expected true or false")]
    [InlineData("secretstores.local.file", "{ name: secretsFile, secretKeyRef: { name: x } }", "metadata 'secretsFile' takes a secret, but auth.secretStore is not set")]
    [InlineData("secretstores.local.file", "{ name: secretsFile, value: a }, { name: SECRETSFILE, value: b }", "metadata 'secretsFile' is given twice")]
    public void Check_MetadataThatTheTypeDoesNotUnderstand_IsReported(string type, string metadata, string reason)
    {
        var resources = Read($"apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {{ name: c }}\nspec:\n  type: {type}\n  version: v1\n  metadata: [{metadata}]");

        new ComponentCatalog(BuildingBlocks.All).Check(Assert.Single(resources.Components), _errors);

        Assert.Equal($"component 'c': {reason}", Assert.Single(_errors.All).Reason);
    }

    private AppResources Read(string yaml, string appId = "app", string appNamespace = "default")
    {
        _folder.Write("resources.yaml", yaml);
        var reader = new ResourceReader(_errors);
        reader.ReadFolder(_folder.Path);
        return reader.ForApp(appId, appNamespace);
    }
}
