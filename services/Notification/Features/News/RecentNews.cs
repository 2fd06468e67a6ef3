using Argosy.Contracts.Notification;

namespace Argosy.Notification.Features.News;

/// <summary>The news of the last seconds, for connections that have just come: between the page's look at an order and its connection
/// something may have happened, and a connection that broke comes back as a new one.</summary>
internal sealed class RecentNews(TimeProvider clock)
{
    /// <summary>How far back.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    private readonly Queue<(DateTimeOffset ToldAt, string Customer, OrderNews News)> _news = new();

    public void Add(string customer, OrderNews news)
    {
        var now = clock.GetUtcNow();
        lock (_news)
        {
            while (_news.TryPeek(out var oldest) && now - oldest.ToldAt > Span)
                _news.Dequeue();
            _news.Enqueue((now, customer, news));
        }
    }

    public IReadOnlyList<OrderNews> Of(string customer)
    {
        var since = clock.GetUtcNow() - Span;
        lock (_news)
            return [.. _news.Where(entry => entry.Customer == customer && entry.ToldAt >= since).Select(entry => entry.News)];
    }

    public void Clear()
    {
        lock (_news)
            _news.Clear();
    }
}
