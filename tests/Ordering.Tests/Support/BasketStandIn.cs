using System.Collections.Concurrent;
using Argosy.Contracts;
using Argosy.Contracts.Basket;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Ordering.Tests.Support;

/// <summary>Stands in for Basket behind its sidecar: answers the route Ordering calls with the baskets a test has filled.</summary>
internal sealed class BasketStandIn : IAsyncDisposable
{
    private static readonly Money None = Money.Zero("EUR");
    private readonly ConcurrentDictionary<string, BasketSnapshot> _baskets = new();
    private WebApplication? _app;

    public async Task StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.MapGet("/internal/baskets/{customer}", (string customer) => _baskets.GetValueOrDefault(customer, new BasketSnapshot([], None, None, None, None, None)));
        _app.MapPost("/internal/baskets/orders", () => Results.NoContent());
        _app.MapGet("/dapr/subscribe", () => Results.Ok(Array.Empty<object>()));
        await _app.StartAsync();
    }

    public void Fill(string customer, params (string Sku, int Quantity)[] lines)
    {
        var items = lines.Select(line => new BasketLine(line.Sku, $"The {line.Sku}", line.Quantity, new Money(450, "EUR"), new Money(450 * line.Quantity, "EUR"), null)).ToList();
        var subtotal = new Money(items.Sum(item => item.LineTotal.Amount), "EUR");
        _baskets[customer] = new BasketSnapshot(items, subtotal, None, new Money(490, "EUR"), None, subtotal + new Money(490, "EUR"));
    }

    public void Empty(string customer) => _baskets.TryRemove(customer, out _);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
