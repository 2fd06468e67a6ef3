using System.Data.Common;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>Carries committed events to the broker: in order, at least once, one replica at a time. A row is removed only after the
/// broker has accepted it, so a crash anywhere repeats an event and never loses one.</summary>
internal sealed partial class OutboxPublisher<TContext>(
    IServiceDatabase<TContext> database,
    OutboxSignal signal,
    OutboxMetrics metrics,
    IEventBroker broker,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<OutboxPublisher<TContext>> logger) : BackgroundService
    where TContext : ArgosyDbContext
{
    private const int BatchSize = 100;
    private const int BatchBytes = 1024 * 1024;

    // Events of a replica that died are found by looking, those of this process by the signal.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ContendedPause = TimeSpan.FromMilliseconds(100);

    private readonly OutboxLeaseHolder _lease = new(OutboxLeaseHolder.OwnerOf(configuration), time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var pause = await PublishNextAsync(stoppingToken);
                backoff.Reset();
                if (pause > TimeSpan.Zero)
                    await signal.WaitAsync(pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                // Whatever it is, events must flow again once it is over: nothing may end this loop.
                metrics.Failed();
                var pause = backoff.Next();
                LogFailure(logger, failure, pause.TotalSeconds);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await ReleaseAsync();
    }

    /// <returns>How long to wait for news; zero when there may be more to publish.</returns>
    private async Task<TimeSpan> PublishNextAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        var batch = await ReadAsync(context, cancellationToken);
        if (batch.Count == 0)
        {
            metrics.Backlog = 0;
            await _lease.ReleaseIdleAsync(context, cancellationToken);
            return _lease.IsHeld ? OutboxLeaseHolder.Linger : LookInterval;
        }
        if (!await _lease.AcquireAsync(context, cancellationToken))
            return ContendedPause;
        // What was read before the lease was ours may be gone by now.
        if (_lease.IsFresh)
            batch = await ReadAsync(context, cancellationToken);
        metrics.Backlog = batch.Count < BatchSize ? batch.Count : await context.Outbox.LongCountAsync(cancellationToken);
        foreach (var topic in batch.GroupBy(message => message.Topic))
            await PublishAsync(context, topic.Key, [.. topic], cancellationToken);
        return TimeSpan.Zero;
    }

    private static async Task<List<OutboxMessage>> ReadAsync(TContext context, CancellationToken cancellationToken)
    {
        var batch = await context.Outbox.AsNoTracking().OrderBy(message => message.Sequence).Take(BatchSize).ToListAsync(cancellationToken);
        var bytes = 0;
        var fitting = batch.TakeWhile((message, index) => (bytes += message.Data.Length) <= BatchBytes || index == 0).Count();
        return batch[..fitting];
    }

    private async Task PublishAsync(TContext context, string topic, List<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_lease.Remaining);
        var (accepted, refusal) = await broker.PublishAsync(topic, messages, limit.Token);
        // Not cancelled by a shutdown: what the broker has must not be sent again.
        await context.Outbox.Where(message => accepted.Contains(message.Sequence)).ExecuteDeleteAsync(CancellationToken.None);
        metrics.Published(accepted.Count);
        if (accepted.Count < messages.Count)
            throw new OutboxRefusedException($"{messages.Count - accepted.Count} of {messages.Count} events of {topic} were refused: {refusal}");
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await using var context = database.CreateContext();
            await _lease.ReleaseAsync(context, CancellationToken.None);
        }
        catch (DbException failure)
        {
            LogLeaseKept(logger, failure);
        }
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Warning, Message = "Events wait in the outbox, next attempt in {Pause} s")]
    private static partial void LogFailure(ILogger logger, Exception exception, double pause);

    [LoggerMessage(EventId = 33, Level = LogLevel.Warning, Message = "The outbox lease was not given back and will expire by itself")]
    private static partial void LogLeaseKept(ILogger logger, Exception exception);
}

/// <summary>The broker took a batch only in part.</summary>
internal sealed class OutboxRefusedException(string message) : Exception(message);
