using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Sidecar.Grpc;
using Argosy.Testing;
using Dapr.Client;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Xunit;

namespace Argosy.Sidecar.Tests.Metadata;

public sealed class MetadataTests(MetadataTests.Fixture fixture) : IClassFixture<MetadataTests.Fixture>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OverHttp_DescribesAppComponentsAndConnection()
    {
        var metadata = await fixture.Http.GetFromJsonAsync<JsonElement>(new Uri("/v1.0/metadata", UriKind.Relative), Now);

        Assert.Equal("described", metadata.GetProperty("id").GetString());
        Assert.Equal("1.18.3", metadata.GetProperty("extended").GetProperty("daprRuntimeVersion").GetString());
        Assert.Equal("HotReload", metadata.GetProperty("enabledFeatures")[0].GetString());
        var components = metadata.GetProperty("components").EnumerateArray().ToDictionary(component => component.GetProperty("name").GetString()!);
        Assert.Equal("state.in-memory", components["memory"].GetProperty("type").GetString());
        Assert.Contains("ETAG", components["memory"].GetProperty("capabilities").EnumerateArray().Select(capability => capability.GetString()));
        Assert.Equal("MULTIPLE_KEY_VALUES_PER_SECRET", components["secrets"].GetProperty("capabilities")[0].GetString());
        Assert.False(components.ContainsKey("for-others"));
        Assert.Equal(fixture.AppPort, metadata.GetProperty("appConnectionProperties").GetProperty("port").GetInt32());
        Assert.Equal("DISABLED", metadata.GetProperty("actorRuntime").GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Set_OverHttpAndSdk_IsShownByBoth()
    {
        using var set = await fixture.Http.PutAsync(new Uri("/v1.0/metadata/over-http", UriKind.Relative), new StringContent("one"), Now);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        await fixture.Dapr.SetMetadataAsync("over-sdk", "two", Now);

        var overSdk = await fixture.Dapr.GetMetadataAsync(Now);
        Assert.Equal(("one", "two"), (overSdk.Extended["over-http"], overSdk.Extended["over-sdk"]));
        var overHttp = await fixture.Http.GetFromJsonAsync<JsonElement>(new Uri("/v1.0/metadata", UriKind.Relative), Now);
        Assert.Equal("two", overHttp.GetProperty("extended").GetProperty("over-sdk").GetString());
    }

    [Fact]
    public async Task Reflection_ListsExactlyTheMethodsThatAnswer()
    {
        using var channel = GrpcChannel.ForAddress(fixture.Sidecar.GrpcEndpoint);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Now);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = DaprGrpcBinder.ServiceName }, Now);
        Assert.True(await call.ResponseStream.MoveNext(Now));
        var files = call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom);
        var listed = files.SelectMany(file => file.Service).Single(service => service.Name == "Dapr").Method.Select(method => method.Name).ToHashSet();

        Assert.Superset(new HashSet<string> { "GetMetadata", "InvokeService", "GetSecret", "Shutdown" }, listed);
        var all = Dapr.Client.Autogen.Grpc.v1.DaprReflection.Descriptor.Services.Single(service => service.Name == "Dapr").Methods;
        foreach (var method in all.Where(method => !method.IsClientStreaming && !method.IsServerStreaming && method.Name != "Shutdown"))
            Assert.Equal((method.Name, listed.Contains(method.Name)), (method.Name, await AnswersAsync(channel, method.Name)));
    }

    [Fact]
    public async Task Reflection_ListsTheServices()
    {
        using var channel = GrpcChannel.ForAddress(fixture.Sidecar.GrpcEndpoint);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Now);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Now);
        Assert.True(await call.ResponseStream.MoveNext(Now));

        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);

        Assert.Superset(new HashSet<string> { DaprGrpcBinder.ServiceName, "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection" }, services.ToHashSet());
    }

    /// <summary>A message without fields is a valid message of every type, so any answer but Unimplemented shows that the method is there.</summary>
    private static async Task<bool> AnswersAsync(GrpcChannel channel, string name)
    {
        var bytes = Marshallers.Create<byte[]>(message => message, message => message);
        try
        {
            await channel.CreateCallInvoker().AsyncUnaryCall(new Method<byte[], byte[]>(MethodType.Unary, DaprGrpcBinder.ServiceName, name, bytes, bytes), null, new CallOptions(cancellationToken: Now), []);
            return true;
        }
        catch (RpcException failure)
        {
            return failure.Status.Detail != "Method is unimplemented.";
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public int AppPort { get; } = FreePort.Next();

        public SidecarProcess Sidecar { get; private set; } = null!;

        public HttpClient Http { get; private set; } = null!;

        public DaprClient Dapr { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _folder.Write("secrets.json", "{}");
            _folder.Write("resources/all.yaml", """
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: { name: memory }
                spec: { type: state.in-memory, version: v1 }
                ---
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: { name: secrets }
                spec: { type: secretstores.local.file, version: v1, metadata: [{ name: secretsFile, value: secrets.json }, { name: multiValued, value: true }] }
                ---
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: { name: for-others }
                spec: { type: state.in-memory, version: v1 }
                scopes: [other]
                """);
            _folder.Write("config.yaml", """
                apiVersion: dapr.io/v1alpha1
                kind: Configuration
                metadata: { name: config }
                spec: { features: [{ name: HotReload, enabled: true }, { name: Off, enabled: false }] }
                """);
            Sidecar = new SidecarProcess(_folder.Path, "described", AppPort, "--config config.yaml");
            await Sidecar.StartAsync();
            Http = new HttpClient { BaseAddress = new Uri(Sidecar.HttpEndpoint) };
            Dapr = new DaprClientBuilder().UseHttpEndpoint(Sidecar.HttpEndpoint).UseGrpcEndpoint(Sidecar.GrpcEndpoint).Build();
        }

        public async ValueTask DisposeAsync()
        {
            Dapr.Dispose();
            Http.Dispose();
            await Sidecar.DisposeAsync();
            _folder.Dispose();
        }
    }
}
