using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts;
using Argosy.Contracts.Notification;
using Argosy.Contracts.Ordering;
using Argosy.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Notification.Tests.Support;

/// <summary>Stands in for Ordering behind its sidecar: knows every order's contact, and hears of mails that were given up. It is also a mail
/// server for tests that need one to misbehave (<c>bindings.http</c> posts to it).</summary>
internal sealed class OrderingStandIn : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Ordering does not answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often it was asked while it was down.</summary>
    public int AskedInVain { get; private set; }

    /// <summary>How many of the next mails are refused.</summary>
    public int MailsToRefuse { get; set; }

    /// <summary>Mails that were handed over, refused ones too.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    public ConcurrentQueue<NotificationFailed> GivenUp { get; } = new();

    public static string EmailOf(Guid orderId) => $"{orderId:N}@example.org";

    public async Task StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.MapPost("/internal/orders/contacts", async (HttpRequest http) =>
        {
            var request = await http.ReadFromJsonAsync<OrderContactsRequest>(ArgosyJson.Options);
            if (IsDown)
            {
                AskedInVain++;
                return Results.StatusCode(503);
            }
            return Results.Json(new OrderContacts([.. request!.OrderIds.Select(Contact)]), ArgosyJson.Options);
        });
        _app.MapPost("/mails", async (HttpRequest http) =>
        {
            using var reader = new StreamReader(http.Body);
            Mails.Enqueue(await reader.ReadToEndAsync());
            return MailsToRefuse-- > 0 ? Results.StatusCode(500) : Results.NoContent();
        });
        _app.MapGet("/dapr/subscribe", () => Results.Json(new[] { new { pubsubname = ComponentNames.PubSub, topic = NotificationFailed.Topic, route = "/events/failed" } }));
        _app.MapPost("/events/failed", async (HttpRequest http) =>
        {
            var envelope = await http.ReadFromJsonAsync<JsonObject>();
            GivenUp.Enqueue(envelope!["data"]!.Deserialize<NotificationFailed>(ArgosyJson.Options)!);
            return Results.Ok();
        });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private static OrderContact Contact(Guid orderId) => new(
        orderId, "ABCDE-12345", EmailOf(orderId), "Ada", [new OrderEventLine("TEA-1", "Darjeeling <first flush>", 2, new Money(450, "EUR"))], new Money(1390, "EUR"));
}
