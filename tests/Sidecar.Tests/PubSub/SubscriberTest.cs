using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>A real sidecar with an app of the test's own beside it, new for each test.</summary>
public abstract class SubscriberTest : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SidecarProcess? _sidecar;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TempFolder Folder { get; } = new();

    protected string Database => Folder.File("pubsub.db");

    protected SidecarProcess Sidecar => _sidecar ??= new SidecarProcess(Folder.Path, "shop", App.Port);

    private protected SubscriberApp App { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_sidecar is not null)
            await _sidecar.DisposeAsync();
        await App.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <param name="component">The pub/sub component's file; null for none.</param>
    protected async Task StartAsync(string? component, string arguments = "", bool startApp = true)
    {
        if (component is not null)
            PubSubResources.Write(Folder, component);
        if (startApp)
            await App.StartAsync();
        _sidecar = new SidecarProcess(Folder.Path, "shop", App.Port, arguments);
        await _sidecar.StartAsync();
        _http.BaseAddress = new Uri(_sidecar.HttpEndpoint);
    }

    protected Task PublishAsync(string topic, int number) => PostAsync($"/v1.0/publish/pubsub/{topic}", JsonSerializer.Serialize(number));

    protected async Task PostAsync(string path, string body, string contentType = "application/json")
    {
        using var answer = await SendAsync(path, body, contentType);
        answer.EnsureSuccessStatusCode();
    }

    protected async Task<HttpResponseMessage> SendAsync(string path, string body, string contentType = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.Add("Content-Type", contentType);
        return await _http.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
    }
}
