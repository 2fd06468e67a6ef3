using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Argosy.Sidecar.Tests.Invocation;

/// <summary>Replicas that come and go, each test with a process of its own.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestApp _first = new(AnswerAsync);
    private readonly TestApp _second = new(AnswerAsync);
    private SidecarProcess _sidecar = null!;
    private HttpClient _http = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sidecar = new SidecarProcess(_folder.Path, extraArguments: "--topology topology.json");
        _folder.Write("topology.json", $$"""
            { "apps": [
              { "appId": "caller", "replicas": [ { "httpPort": {{_sidecar.HttpPort}}, "grpcPort": {{_sidecar.GrpcPort}}, "appPort": 0 } ] },
              { "appId": "worker", "replicas": [
                { "httpPort": {{FreePort.Next()}}, "grpcPort": {{FreePort.Next()}}, "appPort": {{_first.Port}} },
                { "httpPort": {{FreePort.Next()}}, "grpcPort": {{FreePort.Next()}}, "appPort": {{_second.Port}} } ] } ] }
            """);
        await _sidecar.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_sidecar.HttpEndpoint) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sidecar.DisposeAsync();
        await _first.StopAsync();
        await _second.StopAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Invoke_TwoReplicas_TakeTurns()
    {
        await StartBothAsync();

        var ports = new List<int>();
        for (var call = 0; call < 10; call++)
            ports.Add(await CallAsync());

        Assert.Equal(5, ports.Count(port => port == _first.Port));
        Assert.Equal(5, ports.Count(port => port == _second.Port));
    }

    [Fact]
    public async Task Invoke_OneReplicaDies_TheOtherTakesEveryCallAndTheDeadOneComesBack()
    {
        await StartBothAsync();
        await _first.StopAsync();

        for (var call = 0; call < 10; call++)
            Assert.Equal(_second.Port, await CallAsync());

        await _first.StartAsync();
        await Eventually.HoldsAsync("the replica that came back gets calls", async () => await CallAsync() == _first.Port);
    }

    [Fact]
    public async Task Invoke_AppNotYetListening_IsTriedAgainWithItsBody()
    {
        var calling = _http.PostAsync(new Uri("/v1.0/invoke/worker/method/x", UriKind.Relative), new StringContent("kept"), Now);
        await _first.StartAsync();

        using var response = await calling;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("kept", (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("body").GetString());
    }

    [Fact]
    public async Task Invoke_AppNeverListens_FailsAfterThreeRetries()
    {
        var started = TimeProvider.System.GetTimestamp();

        using var response = await _http.GetAsync(new Uri("/v1.0/invoke/worker/method/x", UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("ERR_DIRECT_INVOKE", (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("errorCode").GetString());
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 2.5, 15);
    }

    [Fact]
    public async Task Invoke_AppDiesDuringTheCall_IsNotRepeated()
    {
        var calls = 0;
        var reached = new TaskCompletionSource();
        await using var dying = new TestApp(async context =>
        {
            Interlocked.Increment(ref calls);
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var folder = new TempFolder();
        await using var sidecar = new SidecarProcess(folder.Path, "dying", dying.Port);
        await dying.StartAsync();
        await sidecar.StartAsync();

        var calling = _http.PostAsync(new Uri($"{sidecar.HttpEndpoint}/v1.0/invoke/dying/method/charge"), new StringContent("once"), Now);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Now);
        await dying.StopAsync();
        await dying.StartAsync();
        using var response = await calling;

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(1, calls);
    }

    private async Task StartBothAsync()
    {
        await Task.WhenAll(_first.StartAsync(), _second.StartAsync());
        await Eventually.HoldsAsync("both replicas are up", () => _sidecar.Output.Split("App worker answers").Length == 3);
    }

    private async Task<int> CallAsync()
    {
        using var response = await _http.GetAsync(new Uri("/v1.0/invoke/worker/method/x", UriKind.Relative), Now);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("port").GetInt32();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsJsonAsync(new { port = context.Connection.LocalPort, body = await body.ReadToEndAsync() });
    }
}
