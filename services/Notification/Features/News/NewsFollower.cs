using Argosy.Contracts.Notification;
using Argosy.Notification.Domain;
using Argosy.Notification.Infrastructure.Persistence;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Notification.Features.News;

/// <summary>Tells this replica's connections of new rows, whichever replica wrote them. It follows the table: at once after this process has
/// written, otherwise by looking about once a second, and not at all while nobody is connected.</summary>
internal sealed partial class NewsFollower(
    IServiceScopeFactory scopes,
    IHubContext<NotificationsHub> hub,
    Listeners listeners,
    RecentNews recent,
    NewNotices written,
    NotificationMetrics metrics,
    TimeProvider clock,
    ILogger<NewsFollower> logger) : BackgroundService
{
    private const int BatchSize = 200;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // Events come in bursts: one look for all of a moment.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private NewsCursor? _cursor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!listeners.Any)
                    await PauseAsync(stoppingToken);
                if (await TellNextAsync(stoppingToken) < BatchSize)
                {
                    await written.News.WaitAsync(LookInterval, stoppingToken);
                    await Task.Delay(Gathering, clock, stoppingToken);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away for a while; the rows wait.
                LogFailure(logger, failure);
                await Task.Delay(LookInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task PauseAsync(CancellationToken cancellationToken)
    {
        _cursor = null;
        recent.Clear();
        return listeners.WaitAsync(cancellationToken);
    }

    /// <returns>How many rows were read.</returns>
    private async Task<int> TellNextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotificationContext>();
        var cursor = _cursor ??= new NewsCursor(clock, await StartAsync(context, cancellationToken));
        cursor.Forget();
        var (highest, holes) = (cursor.Highest, cursor.Holes.ToList());
        var unseen = holes.Count == 0
            ? context.Notices.Where(notice => notice.Sequence > highest)
            : context.Notices.Where(notice => notice.Sequence > highest || holes.Contains(notice.Sequence));
        var rows = await unseen.AsNoTracking().OrderBy(notice => notice.Sequence).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var row in rows.Where(row => cursor.See(row.Sequence)))
            await TellAsync(row, cancellationToken);
        return rows.Count;
    }

    // A little in the past, since whoever connected first may have missed as much.
    private Task<long> StartAsync(NotificationContext context, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - RecentNews.Span;
        return context.Notices.Where(notice => notice.ReceivedAt < since)
            .OrderByDescending(notice => notice.Sequence).Select(notice => notice.Sequence).FirstOrDefaultAsync(cancellationToken);
    }

    private Task TellAsync(OrderNotice notice, CancellationToken cancellationToken)
    {
        var news = new OrderNews(notice.OrderId.ToString(), notice.Number, OrderStepName.Of(notice.Step), notice.Reason, notice.At);
        recent.Add(notice.CustomerId, news);
        if (!listeners.Has(notice.CustomerId))
            return Task.CompletedTask;
        metrics.NewsSent();
        return hub.Clients.Group(notice.CustomerId).SendAsync(OrderNews.Method, news, cancellationToken);
    }

    [LoggerMessage(EventId = 610, Level = LogLevel.Error, Message = "Looking for news failed")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
