using Argosy.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Payment.Tests.Support;

/// <summary>Stands where the gateway does: passes the payment gateway's events on to Payment through its sidecar, unchanged.</summary>
internal sealed class EdgeStandIn : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public async Task StartAsync(int port, int sidecarPort, string apiToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.MapGet("/dapr/subscribe", () => Array.Empty<object>());
        _app.MapPost("/api/payments/webhooks/stripe", async (HttpRequest received) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{sidecarPort}/v1.0/invoke/{AppIds.Payment}/method/api/payments/webhooks/stripe") { Content = new StreamContent(received.Body) };
            request.Headers.Add("dapr-api-token", apiToken);
            request.Headers.Add("Stripe-Signature", received.Headers["Stripe-Signature"].ToString());
            using var answer = await _http.SendAsync(request);
            return Results.StatusCode((int)answer.StatusCode);
        });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
