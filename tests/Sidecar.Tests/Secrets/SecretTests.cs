using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Xunit;

namespace Argosy.Sidecar.Tests.Secrets;

/// <summary>A sidecar with every kind of secret store, seen through HTTP and through the SDK.</summary>
public sealed class SecretTests(SecretTests.Fixture fixture) : IClassFixture<SecretTests.Fixture>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("flat", "password", """{"password":"p1"}""")]
    [InlineData("flat", "db:main:user", """{"db:main:user":"u1"}""")]
    [InlineData("flat", "list:1", """{"list:1":"b"}""")]
    [InlineData("flat", "port", """{"port":"5432"}""")]
    [InlineData("dotted", "db.main.user", """{"db.main.user":"u1"}""")]
    [InlineData("multi", "password", """{"password":"p1"}""")]
    [InlineData("multi", "db", """{"main:user":"u1"}""")]
    [InlineData("environment", "GREETING", """{"GREETING":"hello"}""")]
    [InlineData("environment", "NOT_SET", """{"NOT_SET":""}""")]
    [InlineData("environment", "DAPR_SECRET_THING", """{"DAPR_SECRET_THING":""}""")]
    [InlineData("prefixed", "ING", """{"ING":"hello"}""")]
    public async Task Get_OverHttpAndSdk_GivesTheKeysOfTheSecret(string store, string name, string expected)
    {
        var overHttp = await fixture.Http.GetStringAsync(new Uri($"/v1.0/secrets/{store}/{name}", UriKind.Relative), Now);
        Assert.Equal(expected, overHttp);

        var overSdk = await fixture.Dapr.GetSecretAsync(store, name, cancellationToken: Now);
        Assert.Equal(JsonSerializer.Deserialize<Dictionary<string, string>>(expected), overSdk);
    }

    [Theory]
    [InlineData("flat", "absent", 500, "ERR_SECRET_GET", StatusCode.Internal)]
    [InlineData("nowhere", "x", 401, "ERR_SECRET_STORE_NOT_FOUND", StatusCode.InvalidArgument)]
    [InlineData("restricted", "password", 403, "ERR_PERMISSION_DENIED", StatusCode.PermissionDenied)]
    public async Task Get_NotPossible_IsTheErrorOfDaprd(string store, string name, int status, string code, StatusCode grpcStatus)
    {
        using var response = await fixture.Http.GetAsync(new Uri($"/v1.0/secrets/{store}/{name}", UriKind.Relative), Now);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("errorCode").GetString());

        var failure = await Assert.ThrowsAsync<DaprException>(() => fixture.Dapr.GetSecretAsync(store, name, cancellationToken: Now));
        Assert.Equal(grpcStatus, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Fact]
    public async Task GetBulk_OverHttpAndSdk_GivesEverySecretThatIsAllowed()
    {
        var all = await fixture.Dapr.GetBulkSecretAsync("multi", cancellationToken: Now);
        Assert.Equal(["db", "list", "password", "port"], all.Keys.Order());

        var restricted = await fixture.Http.GetFromJsonAsync<Dictionary<string, Dictionary<string, string>>>(new Uri("/v1.0/secrets/restricted/bulk", UriKind.Relative), Now);
        Assert.Equal(["port"], restricted!.Keys);
    }

    [Fact]
    public async Task Get_DeniedSecret_IsRefusedWhileOthersAreNot()
    {
        using var denied = await fixture.Http.GetAsync(new Uri("/v1.0/secrets/guarded/password", UriKind.Relative), Now);
        using var allowed = await fixture.Http.GetAsync(new Uri("/v1.0/secrets/guarded/port", UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task Component_SecretInItsMetadata_IsResolvedThoughTheStoreComesLater()
    {
        await fixture.Dapr.SaveStateAsync("a-store", "k", "v", cancellationToken: Now);

        Assert.True(File.Exists(fixture.Folder.File("from-secret.db")));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public TempFolder Folder { get; } = new();

        public SidecarProcess Sidecar { get; private set; } = null!;

        public HttpClient Http { get; private set; } = null!;

        public DaprClient Dapr { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Folder.Write("secrets.json", """{ "password": "p1", "db": { "main": { "user": "u1" } }, "list": ["a", "b"], "port": 5432 }""");
            Folder.Write("paths.json", """{ "state-file": "from-secret.db" }""");
            Folder.Write("resources/a-store.yaml", """
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: { name: a-store }
                spec:
                  type: state.sqlite
                  version: v1
                  metadata:
                    - name: connectionString
                      secretKeyRef: { name: state-file }
                auth: { secretStore: paths }
                """);
            Folder.Write("resources/stores.yaml", string.Join("\n---\n",
                File("flat"), File("restricted"), File("guarded"), File("dotted", "nestedSeparator", "."), File("multi", "multiValued", "true"), File("paths", file: "paths.json"),
                Store("environment", "secretstores.local.env", ""), Store("prefixed", "secretstores.local.env", "{ name: prefix, value: GREET }")));
            Folder.Write("config.yaml", """
                apiVersion: dapr.io/v1alpha1
                kind: Configuration
                metadata: { name: config }
                spec:
                  secrets:
                    scopes:
                      - { storeName: restricted, defaultAccess: deny, allowedSecrets: [port] }
                      - { storeName: guarded, deniedSecrets: [password] }
                """);
            Sidecar = new SidecarProcess(Folder.Path, extraArguments: "--config config.yaml") { Environment = { ["GREETING"] = "hello", ["DAPR_SECRET_THING"] = "hidden" } };
            await Sidecar.StartAsync();
            Http = new HttpClient { BaseAddress = new Uri(Sidecar.HttpEndpoint) };
            Dapr = new DaprClientBuilder().UseHttpEndpoint(Sidecar.HttpEndpoint).UseGrpcEndpoint(Sidecar.GrpcEndpoint).Build();
        }

        public async ValueTask DisposeAsync()
        {
            Dapr.Dispose();
            Http.Dispose();
            await Sidecar.DisposeAsync();
            Folder.Dispose();
        }

        private static string File(string name, string? option = null, string value = "", string file = "secrets.json") =>
            Store(name, "secretstores.local.file", $"{{ name: secretsFile, value: {file} }}" + (option is null ? "" : $", {{ name: {option}, value: '{value}' }}"));

        private static string Store(string name, string type, string metadata) => $$"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: { name: {{name}} }
            spec: { type: {{type}}, version: v1, metadata: [{{metadata}}] }
            """;
    }
}
