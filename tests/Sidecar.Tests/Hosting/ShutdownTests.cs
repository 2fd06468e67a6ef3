using System.Net;
using Argosy.Sidecar.Tests.Invocation;
using Argosy.Testing;
using Dapr.Client;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Argosy.Sidecar.Tests.Hosting;

public sealed class ShutdownTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TaskCompletionSource _reached = new();
    private readonly TaskCompletionSource _release = new();
    private TestApp _app = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = new TestApp(async context =>
        {
            _reached.TrySetResult();
            await _release.Task;
            await context.Response.WriteAsync("finished");
        });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _app.StopAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Terminate_CallUnderWay_IsFinishedBeforeTheProcessEnds()
    {
        await using var sidecar = await StartAsync("--dapr-graceful-shutdown-seconds 20");
        var calling = CallAsync(sidecar);
        await _reached.Task.WaitAsync(Now);

        await sidecar.TerminateAsync();
        await Eventually.HoldsAsync("no new connection is taken", () => IsClosedAsync(sidecar));
        Assert.False(sidecar.HasExited);
        _release.SetResult();

        Assert.Equal("finished", await calling);
        await sidecar.WaitForExitAsync(Now);
        Assert.Equal(0, sidecar.ExitCode);
    }

    [Fact]
    public async Task Terminate_CallThatNeverEnds_IsCutWhenTheGracePeriodIsOver()
    {
        await using var sidecar = await StartAsync("--dapr-graceful-shutdown-seconds 1");
        var calling = CallAsync(sidecar);
        await _reached.Task.WaitAsync(Now);

        var started = TimeProvider.System.GetTimestamp();
        await sidecar.StopAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0.5, 15);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => calling);
    }

    [Fact]
    public async Task Terminate_Twice_EndsAtOnce()
    {
        await using var sidecar = await StartAsync("--dapr-graceful-shutdown-seconds 60");
        var calling = CallAsync(sidecar);
        await _reached.Task.WaitAsync(Now);

        await sidecar.TerminateAsync();
        await Eventually.HoldsAsync("the first signal is taken", () => IsClosedAsync(sidecar));
        await sidecar.TerminateAsync();

        await sidecar.WaitForExitAsync(Now).WaitAsync(TimeSpan.FromSeconds(20), Now);
        Assert.NotEqual(0, sidecar.ExitCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => calling);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("sdk")]
    public async Task Shutdown_OverTheApi_AnswersAndEndsTheProcess(string transport)
    {
        await using var sidecar = await StartAsync("");
        using var dapr = new DaprClientBuilder().UseHttpEndpoint(sidecar.HttpEndpoint).UseGrpcEndpoint(sidecar.GrpcEndpoint).Build();
        using var http = new HttpClient();

        if (transport == "sdk")
            await dapr.ShutdownSidecarAsync(Now);
        else
            Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsync(new Uri($"{sidecar.HttpEndpoint}/v1.0/shutdown"), null, Now)).StatusCode);

        await sidecar.WaitForExitAsync(Now);
        Assert.Equal(0, sidecar.ExitCode);
    }

    [Fact]
    public async Task Shutdown_OneSidecarOfMany_ClosesThatOneOnly()
    {
        await using var sidecar = new SidecarProcess(_folder.Path, extraArguments: "--topology topology.json");
        var other = FreePort.Next();
        _folder.Write("topology.json", $$"""
            { "apps": [
              { "appId": "a", "replicas": [ { "httpPort": {{sidecar.HttpPort}}, "grpcPort": {{sidecar.GrpcPort}}, "appPort": 0 } ] },
              { "appId": "b", "replicas": [ { "httpPort": {{other}}, "grpcPort": {{FreePort.Next()}}, "appPort": {{_app.Port}} } ] } ] }
            """);
        await sidecar.StartAsync();
        using var http = new HttpClient();

        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{other}/v1.0/shutdown"), null, Now);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await Eventually.HoldsAsync("the one that was shut down answers no more", async () =>
            (await http.GetAsync(new Uri($"http://127.0.0.1:{other}/v1.0/metadata"), Now)).StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"{sidecar.HttpEndpoint}/v1.0/metadata"), Now)).StatusCode);
    }

    private async Task<SidecarProcess> StartAsync(string arguments)
    {
        var sidecar = new SidecarProcess(_folder.Path, "app", _app.Port, arguments);
        await sidecar.StartAsync();
        return sidecar;
    }

    private static async Task<string> CallAsync(SidecarProcess sidecar)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"{sidecar.HttpEndpoint}/v1.0/invoke/app/method/slow"), Now);
    }

    private static async Task<bool> IsClosedAsync(SidecarProcess sidecar)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(new Uri($"{sidecar.HttpEndpoint}/v1.0/healthz/outbound"), Now);
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }
}
