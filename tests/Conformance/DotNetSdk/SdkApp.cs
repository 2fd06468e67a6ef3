using System.Collections.Concurrent;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Argosy.Conformance.DotNetSdk;

/// <summary>An app written with <c>Dapr.AspNetCore</c>, its sidecar, and a <see cref="DaprClient"/> that talks to it.</summary>
public sealed class SdkApp : IAsyncLifetime
{
    private readonly ConformanceSidecar _sidecar = new();
    private WebApplication? _app;
    private int _ticks;

    public DaprClient Client { get; private set; } = null!;

    public SidecarProcess Process => _sidecar.Process;

    public ConcurrentQueue<Cargo> Received { get; } = [];

    public ConcurrentQueue<Cargo> DeadLetters { get; } = [];

    public ConcurrentDictionary<Guid, int> Attempts { get; } = [];

    /// <summary>How often the cron binding has called.</summary>
    public int Ticks => Volatile.Read(ref _ticks);

    public Task SetConfigurationAsync(string key, string value) => _sidecar.SetConfigurationAsync(key, value);

    public async ValueTask InitializeAsync()
    {
        _app = BuildApp();
        await _app.StartAsync();
        await _sidecar.StartAsync();
        Client = new DaprClientBuilder().UseHttpEndpoint(Process.HttpEndpoint).UseGrpcEndpoint(Process.GrpcEndpoint).Build();
        await Eventually.HoldsAsync("the sidecar reaches the app", () => Client.CheckHealthAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _sidecar.DisposeAsync();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private WebApplication BuildApp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{_sidecar.AppPort}");
        var app = builder.Build();
        app.UseCloudEvents();
        app.MapSubscribeHandler();
        app.MapPost("/echo", (Cargo cargo, HttpRequest request) => new Echo(cargo, request.Query["tide"], request.Headers["dapr-caller-app-id"]));
        app.MapGet("/greeting", (HttpRequest request) => $"{request.Headers["X-Greeting"]} {request.Query["name"]}{request.Headers["dapr-caller-app-id"]}");
        app.MapGet("/refuse", () => Results.Json(new { reason = "no berth" }, statusCode: StatusCodes.Status409Conflict));
        app.MapPost("/tick", () => Interlocked.Increment(ref _ticks));
        app.MapPost("/news", (Cargo cargo) => Received.Enqueue(cargo)).WithTopic("pubsub", "news");
        app.MapPost("/shaky", IResult (Cargo cargo) =>
        {
            if (Attempts.AddOrUpdate(cargo.Id, 1, (_, before) => before + 1) < 3)
                return Results.StatusCode(StatusCodes.Status500InternalServerError);
            Received.Enqueue(cargo);
            return Results.Ok();
        }).WithTopic("pubsub", "shaky");
        app.MapPost("/unwanted", () => Results.Ok(new { status = "DROP" }))
            .WithTopic(new TopicOptions { PubsubName = "pubsub", Name = "unwanted", DeadLetterTopic = "unwanted-dead" });
        app.MapPost("/unwanted-dead", (Cargo cargo) => DeadLetters.Enqueue(cargo)).WithTopic("pubsub", "unwanted-dead");
        return app;
    }
}

/// <summary>What the tests send about.</summary>
public sealed record Cargo(Guid Id, string Name)
{
    public static Cargo New() => new(Guid.NewGuid(), "lamp");
}

/// <summary>What the app saw of an invocation.</summary>
public sealed record Echo(Cargo Cargo, string? Tide, string? Caller);
