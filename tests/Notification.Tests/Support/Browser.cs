using System.Collections.Concurrent;
using Argosy.Contracts.Notification;
using Argosy.Testing;
using Microsoft.AspNetCore.SignalR.Client;

namespace Argosy.Notification.Tests.Support;

/// <summary>A connection for live news, and what it has heard.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly HubConnection _connection;

    public Browser(HubConnection connection)
    {
        _connection = connection;
        connection.On<OrderNews>(OrderNews.Method, Heard.Enqueue);
    }

    public ConcurrentQueue<OrderNews> Heard { get; } = new();

    public Task StartAsync() => _connection.StartAsync();

    public Task InvokeAsync(string method) => _connection.InvokeAsync(method);

    public Task HearsAsync(Guid order, string status) =>
        Eventually.HoldsAsync($"the browser hears that {order} is {status}", () => Heard.Any(news => news.OrderId == order.ToString() && news.Status == status), Office.Patience);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
