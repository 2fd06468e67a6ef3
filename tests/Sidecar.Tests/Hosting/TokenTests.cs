using System.Net;
using System.Text;
using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Tests.Configuration;
using Argosy.Testing;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;
using CallMetadata = Grpc.Core.Metadata;

namespace Argosy.Sidecar.Tests.Hosting;

/// <summary>The two tokens of a sidecar in single mode: the one it demands, and the one it shows to its app. Each stays on its own hop.</summary>
public sealed class TokenTests(TokenTests.Fixture fixture) : IClassFixture<TokenTests.Fixture>
{
    private const string ApiToken = "api-token";
    private const string AppToken = "app-token";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/v1.0/metadata")]
    [InlineData("PUT", "/v1.0/metadata/key")]
    [InlineData("POST", "/v1.0/shutdown")]
    [InlineData("GET", "/v1.0/state/statestore/key")]
    [InlineData("POST", "/v1.0/state/statestore")]
    [InlineData("POST", "/v1.0/publish/pubsub/topic")]
    [InlineData("POST", "/v1.0/bindings/http")]
    [InlineData("GET", "/v1.0/secrets/env/PATH")]
    [InlineData("GET", "/v1.0/configuration/configstore")]
    [InlineData("POST", "/v1.0-alpha1/lock/lockstore")]
    [InlineData("POST", "/v1.0/workflows/dapr/w/start")]
    [InlineData("GET", "/v1.0/invoke/app/method/x")]
    [InlineData("GET", "/v1.0/invoke/outside/method/x")]
    [InlineData("GET", "/any/path")]
    [InlineData("GET", "/v1.0/healthz/any")]
    [InlineData("POST", "/v1.0/healthz")]
    [InlineData("GET", "/v1.0/healthz", "application/grpc")]
    public async Task Http_WithoutTheToken_IsRefusedAndReachesNobody(string verb, string path, string contentType = "text/plain")
    {
        var before = fixture.App.Calls.Count(call => call.Path.EndsWith("/any", StringComparison.Ordinal) || call.Path.EndsWith("/healthz", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(new HttpMethod(verb), fixture.Sidecar.HttpEndpoint + path) { Content = new StringContent("x", Encoding.UTF8, contentType) };
        request.Headers.Add("dapr-app-id", "app");
        request.Headers.Add("dapr-api-token", AppToken);

        using var refused = await fixture.Http.SendAsync(request, Now);

        Assert.True(refused.StatusCode == HttpStatusCode.Unauthorized || refused.Headers.Contains("grpc-status") && refused.Headers.GetValues("grpc-status").Single() == "16");
        Assert.Equal(before, fixture.App.Calls.Count(call => call.Path.EndsWith("/any", StringComparison.Ordinal) || call.Path.EndsWith("/healthz", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/v1.0/healthz")]
    [InlineData("/v1.0/healthz/")]
    [InlineData("/v1.0/healthz/outbound")]
    public async Task Http_HealthWithoutTheToken_IsAnswered(string path)
    {
        using var answer = await fixture.Http.GetAsync(new Uri(fixture.Sidecar.HttpEndpoint + path), Now);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData(AppToken)]
    public async Task Grpc_WithoutTheToken_IsRefusedForEveryMethod(string? token)
    {
        using var channel = GrpcChannel.ForAddress(fixture.Sidecar.GrpcEndpoint);
        var methods = DaprReflection.Descriptor.Services.Single(service => service.FullName == DaprGrpcBinder.ServiceName).Methods.Select(method => (method.Service.FullName, method.Name))
            .Concat(new[] { "Hello", "StartInstance", "GetInstance", "GetInstanceHistory", "GetWorkItems", "CompleteActivityTask", "CompleteOrchestratorTask" }.Select(name => ("TaskHubSidecarService", name)))
            .Append(("grpc.reflection.v1.ServerReflection", "ServerReflectionInfo")).Append(("grpc.reflection.v1alpha.ServerReflection", "ServerReflectionInfo"))
            .Append(("of.the.App", "Method"));
        foreach (var (service, name) in methods)
        {
            var method = new Method<Empty, Empty>(MethodType.Unary, service, name, ProtoMarshaller.Of<Empty>(), ProtoMarshaller.Of<Empty>());
            var headers = new CallMetadata { { "dapr-app-id", "app" } };
            if (token is not null)
                headers.Add("dapr-api-token", token);
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(headers, cancellationToken: Now), new Empty()));
            Assert.Equal((name, StatusCode.Unauthenticated), (name, refused.StatusCode));
        }
    }

    [Fact]
    public async Task Callbacks_OfEveryKind_CarryTheAppTokenAndNothingElse()
    {
        await CallAsync(HttpMethod.Post, "/v1.0/publish/pubsub/orders", "1");
        await CallAsync(HttpMethod.Get, "/v1.0/configuration/configstore/subscribe?key=greeting");
        await CallAsync(HttpMethod.Get, "/v1.0/invoke/app/method/invoked");
        await CallAsync(HttpMethod.Get, "/v1.0/invoke/app.default/method/invoked");
        await fixture.PutConfigurationAsync("greeting", "hello");

        foreach (var path in (string[])["/dapr/subscribe", "/events/orders", "/tick", "/configuration/configstore/greeting", "/invoked"])
        {
            await Eventually.HoldsAsync($"the app is called at {path}", () => fixture.App.Calls.Any(call => call.Path == path));
            Assert.All(fixture.App.Calls.Where(call => call.Path == path), call => Assert.Equal(AppToken, call.Headers["dapr-api-token"]));
        }
        Assert.Contains(fixture.App.Calls, call => call is { Path: "/tick", Method: "OPTIONS" });
    }

    [Fact]
    public async Task Outside_EndpointUrlAndBinding_HearNoToken()
    {
        await CallAsync(HttpMethod.Get, "/v1.0/invoke/outside/method/by-name");
        await CallAsync(HttpMethod.Get, $"/v1.0/invoke/http%3A%2F%2F127.0.0.1%3A{fixture.Outside.Port}/method/by-url");
        await CallAsync(HttpMethod.Post, "/v1.0/bindings/http", """{ "operation": "get" }""");

        Assert.Equal(["/binding", "/by-name", "/by-url"], fixture.Outside.Calls.Select(call => call.Path).Order(StringComparer.Ordinal));
        Assert.All(fixture.Outside.Calls, call => Assert.DoesNotContain(call.Headers, header => header.Key.StartsWith("dapr-", StringComparison.OrdinalIgnoreCase) || header.Value.Contains("-token", StringComparison.Ordinal)));
    }

    private async Task CallAsync(HttpMethod verb, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(verb, fixture.Sidecar.HttpEndpoint + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("dapr-api-token", ApiToken);
        using var answer = await fixture.Http.SendAsync(request, Now);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
    }

    /// <summary>A sidecar that takes its tokens from the environment, as daprd does, with its app and a server outside.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public RecordingApp App { get; } = new();

        public RecordingApp Outside { get; } = new();

        public SidecarProcess Sidecar { get; private set; } = null!;

        public HttpClient Http { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Task.WhenAll(App.StartAsync(), Outside.StartAsync());
            _folder.Write("resources/all.yaml", string.Join("\n---\n",
                ComponentYaml.Of("statestore", "state.in-memory", "actorStateStore: true"),
                ComponentYaml.Of("pubsub", "pubsub.in-memory"),
                ComponentYaml.Of("tick", "bindings.cron", "schedule: @every 1s"),
                ComponentYaml.Of("http", "bindings.http", $"url: http://127.0.0.1:{Outside.Port}/binding"),
                ComponentYaml.Of("env", "secretstores.local.env"),
                ComponentYaml.Of("configstore", "configuration.sqlite", "connectionString: config.db"),
                ComponentYaml.Of("lockstore", "lock.sqlite", "connectionString: lock.db"),
                "apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: { name: orders }\nspec: { pubsubname: pubsub, topic: orders, routes: { default: /events/orders } }",
                $"apiVersion: dapr.io/v1alpha1\nkind: HTTPEndpoint\nmetadata: {{ name: outside }}\nspec: {{ baseUrl: 'http://127.0.0.1:{Outside.Port}' }}"));
            Sidecar = new SidecarProcess(_folder.Path, "app", App.Port) { Environment = { ["DAPR_API_TOKEN"] = ApiToken, ["APP_API_TOKEN"] = AppToken } };
            await Sidecar.StartAsync();
            await Eventually.HoldsAsync("the sidecar is ready", async () => (await Http.GetAsync(new Uri($"{Sidecar.HttpEndpoint}/v1.0/healthz"))).IsSuccessStatusCode);
        }

        public Task PutConfigurationAsync(string key, string value) => ConfigurationFile.PutAsync(_folder.File("config.db"), key, value);

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await Sidecar.DisposeAsync();
            await App.DisposeAsync();
            await Outside.DisposeAsync();
            _folder.Dispose();
        }
    }
}
