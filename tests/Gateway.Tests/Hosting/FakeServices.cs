using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Argosy.Gateway.Tests.Hosting;

/// <summary>Stands in for every service: says what it received, and misbehaves where the path asks for it.</summary>
internal sealed class FakeServices : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeServices(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Targets of the requests that came through, as received.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    public static async Task<FakeServices> StartAsync()
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var services = new FakeServices(app, port);
        app.Run(services.AnswerAsync);
        await app.StartAsync();
        return services;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Received.Enqueue(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var response = context.Response;
        switch (context.Request.Path.Value!.Split('/')[^1])
        {
            case "conflict":
                response.StatusCode = 409;
                response.ContentType = "application/problem+json";
                await response.WriteAsync("""{"type":"/problems/order-shipped","title":"Too late.","status":409,"code":"order-shipped"}""");
                break;
            case "crash":
                response.StatusCode = 500;
                await response.WriteAsync("System.NullReferenceException at Secret.Inside()");
                break;
            case "refused":
                response.StatusCode = 403;
                await response.WriteAsync("access denied by policy of app ordering");
                break;
            case "silent":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "leaky":
                response.Headers["dapr-secret"] = "1";
                response.Headers["X-Argosy-Inside"] = "1";
                response.Headers.SetCookie = "inside=1";
                response.Headers.Server = "inside";
                response.Headers.ETag = "\"7\"";
                await response.WriteAsync("ok");
                break;
            case "cached":
                response.Headers.CacheControl = "public, max-age=60";
                response.ContentType = "application/json";
                await response.WriteAsync($$"""{"text":"{{new string('a', 20_000)}}"}""");
                break;
            case "v1.json":
                await AnswerOpenApiAsync(context);
                break;
            default:
                await EchoAsync(context);
                break;
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        await context.Response.WriteAsJsonAsync(new Echo(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers["dapr-callee-app-id"].ToString(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
    }

    private static Task AnswerOpenApiAsync(HttpContext context)
    {
        var app = context.Request.Headers["dapr-callee-app-id"].ToString();
        var path = app switch { "catalog" => "/api/catalog/products/{id}", "basket" => "/api/basket", "ordering" => "/api/orders", _ => "/api/inventory/{sku}" };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            openapi = "3.1.1",
            paths = new Dictionary<string, object>
            {
                [path] = new { get = new { summary = app, responses = new { ok = new Dictionary<string, string> { ["$ref"] = "#/components/schemas/Thing" } } } },
                [$"/internal/{app}"] = new { get = new { summary = "hidden" } },
            },
            components = new { schemas = new { Thing = new { type = "object" } } },
        }));
    }
}

/// <summary>What a service received.</summary>
internal sealed record Echo(string Method, string Target, string App, Dictionary<string, string> Headers, string Body);
