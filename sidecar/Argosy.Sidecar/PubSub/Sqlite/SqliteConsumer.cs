using System.Collections.Concurrent;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.PubSub.Sqlite;

/// <summary>One group's subscription to one topic in this process: takes messages in batches, hands them out oldest first and
/// <see cref="SqlitePubSubOptions.Concurrency"/> at a time, and records what became of each.</summary>
internal sealed partial class SqliteConsumer : ITopicConsumer, IDisposable
{
    private const int BatchesAhead = 4;

    private readonly SqliteDatabase _database;
    private readonly TopicSignals _signals;
    private readonly SqlitePubSubOptions _options;
    private readonly string _topic;
    private readonly long _id;
    private readonly MessageHandler _handler;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cancelled = new();
    private readonly ConcurrentDictionary<long, DateTimeOffset> _held = new();
    private readonly ConcurrentDictionary<Task, bool> _recording = new();
    private readonly Task _pumping;
    private readonly ITimer _renewing;

    public SqliteConsumer(SqliteDatabase database, SqlitePubSubOptions options, string topic, long id, MessageHandler handler, TimeProvider clock, ILogger log)
    {
        _database = database;
        _signals = TopicSignals.Of(database);
        _options = options;
        _topic = topic;
        _id = id;
        _handler = handler;
        _clock = clock;
        _log = log;
        _places = new SemaphoreSlim(options.Concurrency);
        _signals.Add(topic, _wake);
        _renewing = clock.CreateTimer(_ => Renew(), null, options.Lease / 3, options.Lease / 3);
        _pumping = Task.Run(PumpAsync);
    }

    public async Task StopAsync(CancellationToken grace)
    {
        _signals.Remove(_topic, _wake);
        await using var cancelling = grace.Register(_cancelled.Cancel);
        await _stopping.CancelAsync();
        await _pumping;
        for (var place = 0; place < _options.Concurrency; place++)
            await _places.WaitAsync(CancellationToken.None);
        await _renewing.DisposeAsync();
        await Task.WhenAll(_recording.Keys);
        // What was taken and not handed out, or not finished in time, is free for the next one at once.
        await RecordAsync(_held.Keys, (session, message) => MessageTables.Renew(session, _id, message, DateTimeOffset.UnixEpoch));
        Dispose();
    }

    public void Dispose()
    {
        // Not the wake-up: a publisher may just be raising it, and it holds nothing that needs giving back.
        _renewing.Dispose();
        _stopping.Dispose();
        _cancelled.Dispose();
        _places.Dispose();
    }

    private async Task PumpAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var now = _clock.GetUtcNow();
                var limit = _options.Concurrency * BatchesAhead;
                var claim = await _database.WriteAsync(session => MessageTables.Take(session, _id, _topic, limit, now, _options.Lease));
                foreach (var message in claim.Messages)
                    _held[message.Id] = now;
                foreach (var message in claim.Messages)
                {
                    await _places.WaitAsync(_stopping.Token);
                    _ = HandleAsync(message);
                }
                if (claim.Messages.Count == 0)
                    await SleepAsync(claim.NextDue);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogPumpFailed(_log, failure, _topic);
                await Task.Delay(_options.PollInterval, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Until there is something to take: a signal from within the process, the end of a wait, or the publication of another process.</summary>
    private async Task SleepAsync(DateTimeOffset? nextDue)
    {
        while (true)
        {
            var pause = _options.PollInterval;
            if (nextDue - _clock.GetUtcNow() is { } wait && wait < pause)
                pause = wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1);
            if (await _wake.WaitAsync(pause, _stopping.Token))
                return;
            var now = _clock.GetUtcNow();
            if (_database.Read(session => MessageTables.HasWork(session, _id, _topic, now)))
                return;
        }
    }

    private async Task HandleAsync(ClaimedMessage message)
    {
        try
        {
            var isLast = message.Failures + 1 >= _options.MaxDeliveries;
            var outcome = await _handler(new IncomingMessage(_topic, message.Data, message.Metadata, isLast), _cancelled.Token);
            Record(message, outcome);
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            // Stays among the held ones, which are given back at the end of the stop.
        }
        catch (Exception failure)
        {
            LogHandlerFailed(_log, failure, _topic);
            Record(message, DeliveryOutcome.Retry);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>The next message does not wait for the commit: until then the lease keeps this one.</summary>
    private void Record(ClaimedMessage message, DeliveryOutcome outcome)
    {
        // A sidecar that stops takes the blame for what fails meanwhile.
        if (outcome == DeliveryOutcome.Retry && _stopping.IsCancellationRequested)
            outcome = DeliveryOutcome.Unavailable;
        _held.TryRemove(message.Id, out _);
        var now = _clock.GetUtcNow();
        var failures = message.Failures + 1;
        var recording = RecordAsync([message.Id], (session, id) => outcome switch
        {
            DeliveryOutcome.Acknowledge => MessageTables.Remove(session, _id, id),
            DeliveryOutcome.Retry => MessageTables.Postpone(session, _id, id, failures, now + _options.Backoff(failures)),
            _ => MessageTables.Postpone(session, _id, id, message.Failures, now + _options.RedeliverInterval),
        });
        _recording.TryAdd(recording, true);
        _ = recording.ContinueWith(
            done => _recording.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Renew()
    {
        var now = _clock.GetUtcNow();
        var old = _held.Where(entry => entry.Value <= now - (_options.Lease / 3)).Select(entry => entry.Key).ToList();
        if (old.Count == 0)
            return;
        foreach (var message in old)
            _held.TryUpdate(message, now, _held.GetValueOrDefault(message));
        _ = RecordAsync(old, (session, message) => MessageTables.Renew(session, _id, message, now + _options.Lease));
    }

    private async Task RecordAsync(IEnumerable<long> messages, Func<SqliteSession, long, int> write)
    {
        long[] all = [.. messages];
        if (all.Length == 0)
            return;
        try
        {
            await _database.WriteAsync(session => all.Sum(message => write(session, message)));
        }
        catch (Exception failure)
        {
            // The lease ends and the message comes again: at least once.
            LogNotRecorded(_log, failure, all.Length, _topic);
        }
    }

    [LoggerMessage(440, LogLevel.Error, "Messages of {Topic} could not be taken")]
    private static partial void LogPumpFailed(ILogger log, Exception failure, string topic);

    [LoggerMessage(441, LogLevel.Error, "The handler of {Topic} failed")]
    private static partial void LogHandlerFailed(ILogger log, Exception failure, string topic);

    [LoggerMessage(442, LogLevel.Error, "What became of {Count} messages of {Topic} could not be recorded: they will come again")]
    private static partial void LogNotRecorded(ILogger log, Exception failure, int count, string topic);
}
