using Argosy.Contracts.Notification;
using Argosy.Contracts.Ordering;
using Argosy.Notification.Domain;
using Argosy.Notification.Infrastructure.Persistence;
using Microsoft.Extensions.Options;

namespace Argosy.Notification.Features.Mails;

/// <summary>Takes due mails, sends them and notes what became of them. Any number of replicas may do so: a mail belongs to the one that has
/// taken it, until its lease ends.</summary>
internal sealed partial class MailDispatch(
    IServiceScopeFactory scopes,
    OrderContactsClient contacts,
    Mailer mailer,
    NotificationMetrics metrics,
    IOptions<NotificationOptions> options,
    TimeProvider clock,
    ILogger<MailDispatch> logger)
{
    public const int BatchSize = OrderContactsClient.MostOrders;

    private readonly MailOptions _options = options.Value.Mail;

    /// <returns>How many mails were taken.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var batch = await ClaimAsync(cancellationToken);
        if (batch.Notices.Count == 0)
            return 0;
        try
        {
            var orders = await contacts.GetAsync([.. batch.Notices.Select(notice => notice.OrderId).Distinct()], cancellationToken);
            await SendAsync(batch, orders, cancellationToken);
        }
        finally
        {
            // Not cancelled by a shutdown: what has been sent must be known to be.
            await InScopeAsync(context => context.InTransactionAsync(token => NoteAsync(context, batch, token), CancellationToken.None));
        }
        return batch.Notices.Count;
    }

    private Task<MailBatch> ClaimAsync(CancellationToken cancellationToken) => InScopeAsync(async context =>
    {
        var now = clock.GetUtcNow();
        var until = now.AddSeconds(_options.LeaseSeconds);
        var notices = await context.AnyDueAsync(now, cancellationToken)
            ? await context.InTransactionAsync(token => context.ClaimDueAsync(now, until, BatchSize, token), cancellationToken)
            : [];
        return new MailBatch(notices, until);
    });

    // The mails of one order one after another, so that they arrive in its order.
    private Task SendAsync(MailBatch batch, IReadOnlyDictionary<Guid, OrderContact> orders, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        batch.Notices.GroupBy(notice => notice.OrderId),
        new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = cancellationToken },
        async (order, token) =>
        {
            foreach (var notice in order)
            {
                // Another replica may take what is left soon: stop while an attempt still fits in.
                var left = batch.Until - clock.GetUtcNow();
                if (left < TimeSpan.FromSeconds(Math.Min(_options.AttemptSeconds, _options.LeaseSeconds / 2.0)))
                    return;
                batch.Set(notice, await TrySendAsync(notice, orders.GetValueOrDefault(order.Key), token));
            }
        });

    private async Task<bool> TrySendAsync(OrderNotice notice, OrderContact? contact, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.AttemptSeconds));
        try
        {
            await mailer.SendAsync(notice, contact ?? throw new MailRefusedException("Ordering does not know the order"), limit.Token);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Only what kind of failure: a mail server's own words may repeat the address.
            LogFailed(logger, notice.MessageId, notice.MailAttempts + 1, failure is MailRefusedException ? failure.Message : (failure.InnerException ?? failure).GetType().Name);
            return false;
        }
    }

    private async Task<int> NoteAsync(NotificationContext context, MailBatch batch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (sent, failed, untried) = (batch.Sent.ToList(), batch.Failed.ToList(), batch.Untried.ToList());
        if (sent.Count > 0)
            await context.MarkSentAsync(Sequences(sent), now, cancellationToken);
        foreach (var alike in untried.GroupBy(notice => notice.MailAttempts))
            await context.PostponeAsync(Sequences(alike), batch.Until, alike.Key, now.AddSeconds(_options.FirstPauseSeconds), cancellationToken);
        var hopeless = failed.Where(notice => notice.MailAttempts + 1 >= _options.MaximumAttempts).ToList();
        foreach (var alike in failed.Except(hopeless).GroupBy(notice => notice.MailAttempts + 1))
            await context.PostponeAsync(Sequences(alike), batch.Until, alike.Key, now + Pause(alike.Key), cancellationToken);
        foreach (var notice in hopeless)
            await GiveUpAsync(context, notice, batch.Until, now, cancellationToken);
        metrics.MailsSent(sent.Count);
        metrics.MailsFailed(failed.Count);
        return sent.Count;
    }

    private async Task GiveUpAsync(NotificationContext context, OrderNotice notice, DateTimeOffset claimedUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await context.TryGiveUpAsync(notice.Sequence, claimedUntil, notice.MailAttempts + 1, cancellationToken))
            return;
        context.Publish(new NotificationFailed(notice.OrderId.ToString(), OrderStepName.Of(notice.Step), now));
        metrics.MailGivenUp();
        LogGivenUp(logger, notice.MessageId, notice.MailAttempts + 1);
    }

    private TimeSpan Pause(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(_options.FirstPauseSeconds * Math.Pow(2, Math.Min(attempts - 1, 30)), _options.LongestPauseSeconds));

    private async Task<T> InScopeAsync<T>(Func<NotificationContext, Task<T>> step)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await step(scope.ServiceProvider.GetRequiredService<NotificationContext>());
    }

    private static List<long> Sequences(IEnumerable<OrderNotice> notices) => [.. notices.Select(notice => notice.Sequence)];

    [LoggerMessage(EventId = 620, Level = LogLevel.Warning, Message = "The mail {MessageId} was not sent in attempt {Attempt}: {Reason}")]
    private static partial void LogFailed(ILogger logger, string messageId, int attempt, string reason);

    [LoggerMessage(EventId = 621, Level = LogLevel.Error, Message = "The mail {MessageId} is given up after {Attempts} attempts")]
    private static partial void LogGivenUp(ILogger logger, string messageId, int attempts);
}
