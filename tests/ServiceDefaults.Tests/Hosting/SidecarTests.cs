using System.Net;
using System.Text.Json.Nodes;
using Argosy.ServiceDefaults.Messaging;
using Argosy.ServiceDefaults.Sidecar;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.ServiceDefaults.Tests.Hosting;

/// <summary>A service and a real sidecar process: secrets, events there and back, calls, health, and the sidecar's death in between.</summary>
public sealed class SidecarTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private readonly SidecarProcess _sidecar;

    public SidecarTests()
    {
        _sidecar = new SidecarProcess(_folder.Path, "test", _port);
        _folder.Write("secrets.json", $$"""{"test-db":"sqlite:{{_folder.File("test.db")}}"}""");
        foreach (var component in new[] { "secretstore", "pubsub" })
            _folder.Write($"resources/{component}.yaml", File.ReadAllText(Path.Combine(Repository.Root, "components", "embedded", $"{component}.yaml")));
    }

    public async ValueTask InitializeAsync() => await _sidecar.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sidecar.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Event_PublishedThroughTheSidecar_ArrivesOnceWithItsIdAndTrace()
    {
        EventDelivery? delivery = null;
        string? trace = null;
        await using var service = await StartAsync(app => app.MapEvent<NoteTaken, NotesContext>(async (message, context, arrived, cancellationToken) =>
        {
            delivery = arrived;
            trace = System.Diagnostics.Activity.Current?.TraceId.ToHexString();
            context.Notes.Add(new Note { Text = message.Text });
            await context.SaveChangesAsync(cancellationToken);
        }));
        using var activity = new System.Diagnostics.Activity("test").Start();
        var id = await PublishAsync(service, "hello");
        await Eventually.HoldsAsync("the event is handled", async () => (await NotesAsync(service)).Count > 0);
        Assert.Equal(["hello"], await NotesAsync(service));
        Assert.Equal(id.ToString(), delivery!.Id);
        Assert.InRange(DateTimeOffset.UtcNow - delivery.Time!.Value, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
        Assert.Equal(activity.TraceId.ToHexString(), trace);
    }

    [Fact]
    public async Task Events_PublishedWhileTheSidecarIsKilled_ArriveOnceAllOfThem()
    {
        await using var service = await StartAsync(app => app.MapEvent<NoteTaken, NotesContext>((message, context, cancellationToken) =>
        {
            context.Notes.Add(new Note { Text = message.Text });
            return Task.CompletedTask;
        }));
        var expected = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            expected.Add($"{i:00}");
            await PublishAsync(service, expected[^1]);
            if (i == 20)
                _sidecar.Kill();
            if (i == 40)
                await _sidecar.StartAsync();
        }
        await Eventually.HoldsAsync("all events are handled", async () => (await NotesAsync(service)).Count >= expected.Count, TimeSpan.FromSeconds(60));
        Assert.Equal(expected, (await NotesAsync(service)).Order());
    }

    [Fact]
    public async Task Health_WithoutSidecar_IsLiveButNotReady()
    {
        await using var service = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "/health/ready"));
        _sidecar.Kill();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(service, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "/health/live"));
        var health = JsonNode.Parse(await (await service.Http.GetAsync(new Uri("/health/ready", UriKind.Relative))).Content.ReadAsStringAsync())!;
        Assert.Equal(("unhealthy", "healthy"), ((string)health["checks"]!["sidecar"]!, (string)health["checks"]!["database"]!));
    }

    [Fact]
    public async Task ServiceClient_Called_GoesThroughTheSidecar()
    {
        await using var service = await StartAsync(
            app => app.MapGet("/internal/whoami", (HttpContext http) => http.Request.Headers["dapr-caller-app-id"].ToString()),
            builder => builder.Services.AddServiceClient<WhoAmIClient>("test"));
        await Eventually.HoldsAsync("the sidecar knows the app", async () => await service.Services.GetRequiredService<WhoAmIClient>().AskAsync() == "test");
    }

    [Fact]
    public async Task Secret_MissingAtFirst_StartWaitsForIt()
    {
        var secrets = File.ReadAllText(_folder.File("secrets.json"));
        _folder.Write("secrets.json", "{}");
        _sidecar.Kill();
        await _sidecar.StartAsync();
        var start = StartAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => start.WaitAsync(TimeSpan.FromSeconds(1)));
        _folder.Write("secrets.json", secrets);
        _sidecar.Kill();
        await _sidecar.StartAsync();
        await using var service = await start.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "/health/ready"));
    }

    private Task<TestService> StartAsync(Action<WebApplication>? map = null, Action<WebApplicationBuilder>? configure = null) => TestService.StartAsync(
        TestService.FromSecretStore, null, map, configure, _port, ("DAPR_HTTP_PORT", $"{_sidecar.HttpPort}"), ("DAPR_GRPC_PORT", $"{_sidecar.GrpcPort}"));

    private static Task<Guid> PublishAsync(TestService service, string text) => service.WithContextAsync(async context =>
    {
        var id = context.Publish(new NoteTaken(text));
        await context.SaveChangesAsync();
        return id;
    });

    private static Task<List<string>> NotesAsync(TestService service) => service.WithContextAsync(context => context.Notes.Select(note => note.Text).ToListAsync());

    private static async Task<HttpStatusCode> StatusAsync(TestService service, string path)
    {
        using var answer = await service.Http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private sealed class WhoAmIClient(HttpClient http)
    {
        public async Task<string?> AskAsync()
        {
            using var answer = await http.GetAsync(new Uri("/internal/whoami", UriKind.Relative));
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
        }
    }
}
