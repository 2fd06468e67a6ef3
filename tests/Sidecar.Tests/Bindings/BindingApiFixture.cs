using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

/// <summary>A sidecar process with an HTTP, a local storage and an SMTP binding, and the servers that they call.</summary>
public sealed class BindingApiFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    /// <summary>Answers the status that the path names, as in <c>/base/404</c>.</summary>
    public RecordingApp Server { get; } = new(call => int.TryParse(call.Path.Split('/')[^1], out var status) ? status : 200);

    public MailServer MailServer { get; } = new();

    public SidecarProcess Sidecar { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public DaprClient Dapr { get; private set; } = null!;

    public string Root => _folder.File("files");

    public string Outside => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(Server.StartAsync(), MailServer.StartAsync());
        _folder.Write("resources/bindings.yaml", string.Join("\n---\n",
            ComponentYaml.Of("http", "bindings.http", $"url: http://127.0.0.1:{Server.Port}/base"),
            ComponentYaml.Of("lenient", "bindings.http", $"url: http://127.0.0.1:{Server.Port}/base", "errorIfNot2XX: false", "securityToken: s3cret", "securityTokenHeader: X-Token"),
            ComponentYaml.Of("silent", "bindings.http", $"url: http://127.0.0.1:{FreePort.Next()}/"),
            ComponentYaml.Of("input-only", "bindings.http", $"url: http://127.0.0.1:{Server.Port}/base", "direction: input"),
            ComponentYaml.Of("files", "bindings.localstorage", "rootPath: files"),
            ComponentYaml.Of("mail", "bindings.smtp", "host: localhost", $"port: {MailServer.Port}", "emailFrom: shop@x.example", "subject: s")));
        Sidecar = new SidecarProcess(_folder.Path, "app");
        await Sidecar.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Sidecar.HttpEndpoint) };
        Dapr = new DaprClientBuilder().UseGrpcEndpoint(Sidecar.GrpcEndpoint).Build();
    }

    public Task<HttpResponseMessage> InvokeAsync(string binding, string body) =>
        Http.PostAsync(new Uri($"/v1.0/bindings/{binding}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> InvokeAsync(string binding, string operation, object? data, params (string Name, string Value)[] metadata) =>
        InvokeAsync(binding, JsonSerializer.Serialize(new { operation, data, metadata = metadata.ToDictionary(item => item.Name, item => item.Value) }));

    /// <summary>The error code of a failed invocation.</summary>
    public static async Task<(int Status, string? Code, string? Message)> ErrorAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, body.GetProperty("errorCode").GetString(), body.GetProperty("message").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        Dapr.Dispose();
        Http.Dispose();
        await Sidecar.DisposeAsync();
        await Server.DisposeAsync();
        await MailServer.DisposeAsync();
        _folder.Dispose();
    }
}
