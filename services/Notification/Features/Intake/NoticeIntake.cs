using System.Collections.Concurrent;
using System.Data.Common;
using Argosy.Notification.Domain;
using Argosy.Notification.Infrastructure.Persistence;

namespace Argosy.Notification.Features.Intake;

/// <summary>Writes the notices of all events that are being handled at this moment in one statement: whoever comes to write takes along
/// what the others have queued meanwhile.</summary>
internal sealed partial class NoticeIntake(IServiceScopeFactory scopes, NewNotices written, ILogger<NoticeIntake> logger) : IDisposable
{
    private const int LargestBatch = 100;
    private readonly ConcurrentQueue<Entry> _queue = new();
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Returns when the notice is committed, or was already.</summary>
    public async Task AddAsync(OrderNotice notice, CancellationToken cancellationToken)
    {
        var entry = new Entry(notice, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _queue.Enqueue(entry);
        // Nobody's departure may leave the others' notices behind, so the turn itself is not cancelled.
        _ = WriteQueuedAsync(entry);
        await entry.Committed.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

    private async Task WriteQueuedAsync(Entry own)
    {
        await _writing.WaitAsync();
        try
        {
            while (!own.Committed.Task.IsCompleted)
            {
                var batch = new List<Entry>();
                while (batch.Count < LargestBatch && _queue.TryDequeue(out var entry))
                    batch.Add(entry);
                await WriteAsync(batch);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteAsync(List<Entry> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<NotificationContext>();
            if (await context.AddAsync([.. batch.Select(entry => entry.Notice)], CancellationToken.None) > 0)
                written.Written();
            batch.ForEach(entry => entry.Committed.SetResult());
        }
        catch (DbException failure) when (batch.Count > 1 && !failure.IsTransient)
        {
            // One of them may be what the database refuses; the others must not share its fate.
            LogOneByOne(logger, failure, batch.Count);
            foreach (var entry in batch)
                await WriteAsync([entry]);
        }
        catch (Exception failure)
        {
            batch.ForEach(entry => entry.Committed.SetException(failure));
        }
    }

    private sealed record Entry(OrderNotice Notice, TaskCompletionSource Committed);

    [LoggerMessage(EventId = 600, Level = LogLevel.Warning, Message = "{Count} notices could not be written together and are written one by one")]
    private static partial void LogOneByOne(ILogger logger, Exception failure, int count);
}
