using Argosy.Contracts.Notification;
using Argosy.ServiceDefaults.Http;
using Microsoft.AspNetCore.SignalR;

namespace Argosy.Notification.Features.News;

/// <summary><c>/hubs/notifications</c>: tells customers of their orders as things happen. Clients listen and can call nothing. A new connection
/// first hears its news of the last seconds; news may come twice and, rarely, late, so <see cref="OrderNews.At"/> decides which is the newest.</summary>
internal sealed class NotificationsHub(Listeners listeners, RecentNews recent, NotificationMetrics metrics) : Hub
{
    private const string Customer = "customer";

    public override async Task OnConnectedAsync()
    {
        // The gateway's header; without it the connection was refused before it came here.
        var customer = (await CustomerId.BindAsync(Context.GetHttpContext()!)).Value;
        await Groups.AddToGroupAsync(Context.ConnectionId, customer);
        Context.Items[Customer] = customer;
        // In this order, and the follower notes news before it looks who listens: so nothing falls in between.
        listeners.Came(customer);
        metrics.Connected();
        foreach (var news in recent.Of(customer))
            await Clients.Caller.SendAsync(OrderNews.Method, news);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        listeners.Left((string)Context.Items[Customer]!);
        metrics.Disconnected();
        return Task.CompletedTask;
    }
}
