using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Argosy.Sidecar.Tests.Invocation;

/// <summary>One process with the sidecars of <c>shop</c>, which calls, of <c>stranger</c>, which is in no endpoint's scope, and of
/// <c>gateway</c>, an app of the topology with two replicas; and servers outside it, one of them behind TLS.</summary>
[CollectionDefinition(nameof(EndpointFixture))]
public sealed class EndpointFixture : IAsyncLifetime, ICollectionFixture<EndpointFixture>
{
    private readonly TempFolder _folder = new();
    private readonly Certificates _certificates = new();
    private readonly Certificates _strangers = new();
    private readonly TestApp _outside;
    private readonly TestApp _gateway = new(EchoAsync);
    private readonly TestApp _gatewayToo = new(EchoAsync);
    private readonly TestApp _namesake = new(EchoAsync);
    private readonly int _strangerPort = FreePort.Next();
    private readonly int _tlsPort = FreePort.Next();
    private WebApplication? _tls;

    public EndpointFixture() => _outside = new TestApp(context => context.Request.Path.Value switch
    {
        "/base/drip" => DripAsync(context),
        "/base/listen" => ListenAsync(context),
        _ => EchoAsync(context),
    });

    /// <summary>Lets <c>/base/drip</c> write its second part.</summary>
    public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What <c>/base/listen</c> read first.</summary>
    public TaskCompletionSource Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SidecarProcess Sidecar { get; private set; } = null!;

    /// <summary>The sidecar of <c>shop</c>, with its API token.</summary>
    public HttpClient Http { get; private set; } = null!;

    public HttpClient Stranger { get; private set; } = null!;

    public int OutsidePort => _outside.Port;

    public IReadOnlyList<int> GatewayPorts => [_gateway.Port, _gatewayToo.Port];

    public TestApp Gateway => _gateway;

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(_outside.StartAsync(), _gateway.StartAsync(), _gatewayToo.StartAsync(), _namesake.StartAsync(), StartTlsAsync());
        Sidecar = new SidecarProcess(_folder.Path, extraArguments: "--topology topology.json");
        _folder.Write("topology.json", $$"""
            { "apps": [
              { "appId": "shop", "apiToken": "sesame", "appToken": "shop-token", "resourcesPaths": ["resources"],
                "replicas": [ { "httpPort": {{Sidecar.HttpPort}}, "grpcPort": {{Sidecar.GrpcPort}}, "appPort": 0 } ] },
              { "appId": "stranger", "resourcesPaths": ["resources"], "replicas": [ { "httpPort": {{_strangerPort}}, "grpcPort": {{FreePort.Next()}}, "appPort": 0 } ] },
              { "appId": "namesake", "appToken": "namesake-token", "replicas": [ {{Replica(_namesake.Port)}} ] },
              { "appId": "gateway", "appToken": "gateway-token", "replicas": [ {{Replica(_gateway.Port)}}, {{Replica(_gatewayToo.Port)}} ] } ] }
            """);
        WriteResources();
        await Sidecar.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Sidecar.HttpEndpoint), DefaultRequestHeaders = { { "dapr-api-token", "sesame" } } };
        Stranger = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_strangerPort}") };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Stranger.Dispose();
        await Sidecar.DisposeAsync();
        await Task.WhenAll(_outside.StopAsync(), _gateway.StopAsync(), _gatewayToo.StopAsync(), _namesake.StopAsync());
        await _tls!.DisposeAsync();
        _certificates.Dispose();
        _strangers.Dispose();
        _folder.Dispose();
    }

    private void WriteResources()
    {
        using var good = _certificates.Sign("client");
        using var bad = _strangers.Sign("client");
        _folder.Write("secrets.json", JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["key"] = "Bearer s3cret",
            ["ca"] = _certificates.AuthorityPem,
            ["certificate"] = good.ExportCertificatePem(),
            ["private-key"] = KeyPem(good),
            ["bad-certificate"] = bad.ExportCertificatePem(),
            ["bad-private-key"] = KeyPem(bad),
        }));
        _folder.Write("resources/secrets.yaml", ComponentYaml.Of("secrets", "secretstores.local.file", "secretsFile: secrets.json"));
        Endpoint("outside", $"http://localhost:{_outside.Port}/base/", """
            headers:
            - { name: X-Operator, value: operator }
            - { name: Authorization, secretKeyRef: { name: key } }
            - { name: X-Missing, secretKeyRef: { name: no-such-secret } }
            - { name: Host, value: elsewhere }
            - { name: Content-Language, value: en }
            """);
        Endpoint("unkeyed", $"http://localhost:{_outside.Port}", "headers: [{ name: Authorization, secretKeyRef: { name: key } }]", secretStore: "no-such-store");
        Endpoint("namesake", $"http://localhost:{_outside.Port}");
        Endpoint("local", "http://gateway/base");
        Endpoint("local-other-port", "http://gateway:8080");
        Endpoint("away", $"http://localhost:{FreePort.Next()}");
        Endpoint("tls", $"https://localhost:{_tlsPort}", Tls("ca", "certificate", "private-key"));
        Endpoint("tls-stranger", $"https://localhost:{_tlsPort}", Tls("ca", "bad-certificate", "bad-private-key"));
        Endpoint("tls-nobody", $"https://localhost:{_tlsPort}", "clientTLS: { rootCA: { secretKeyRef: { name: ca } } }");
        Endpoint("tls-untrusted", $"https://localhost:{_tlsPort}");
    }

    private void Endpoint(string name, string baseUrl, string spec = "", string secretStore = "secrets") =>
        _folder.Write($"resources/{name}.yaml", $"""
            apiVersion: dapr.io/v1alpha1
            kind: HTTPEndpoint
            metadata: {"{"} name: {name} {"}"}
            spec:
              baseUrl: {baseUrl}
              {spec.ReplaceLineEndings("\n  ")}
            auth: {"{"} secretStore: {secretStore} {"}"}
            scopes: [shop]
            """);

    private static string Tls(string ca, string certificate, string privateKey) => $$"""
        clientTLS:
          rootCA: { secretKeyRef: { name: {{ca}} } }
          certificate: { secretKeyRef: { name: {{certificate}} } }
          privateKey: { secretKeyRef: { name: {{privateKey}} } }
        """;

    private static string KeyPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private async Task StartTlsAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(_tlsPort, port => port.UseHttps(https =>
        {
            https.ServerCertificate = _certificates.Sign("server");
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => _certificates.HasSigned(certificate);
        })));
        _tls = builder.Build();
        _tls.MapFallback("{**path}", (HttpContext context) => context.Response.WriteAsync($"{context.Request.Protocol} {context.Connection.ClientCertificate!.Subject}"));
        await _tls.StartAsync();
    }

    private static string Replica(int appPort) => $$"""{ "httpPort": {{FreePort.Next()}}, "grpcPort": {{FreePort.Next()}}, "appPort": {{appPort}} }""";

    private async Task DripAsync(HttpContext context)
    {
        await context.Response.WriteAsync("first");
        await context.Response.Body.FlushAsync();
        await GoOn.Task.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("last");
    }

    private async Task ListenAsync(HttpContext context)
    {
        await context.Request.Body.ReadExactlyAsync(new byte[10]);
        Heard.SetResult();
        await context.Request.Body.CopyToAsync(context.Response.Body);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.Contains("/status/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = int.Parse(path[(path.LastIndexOf('/') + 1)..]);
            context.Response.Headers.Location = "http://localhost:1/elsewhere";
            context.Response.Headers.SetCookie = "a=b";
            if (context.Response.StatusCode is not 204)
                await context.Response.WriteAsync("the host's own words");
            return;
        }
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsJsonAsync(new Echo(
            context.Request.Method,
            path + context.Request.QueryString,
            await body.ReadToEndAsync(),
            context.Connection.LocalPort,
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString())));
    }
}
