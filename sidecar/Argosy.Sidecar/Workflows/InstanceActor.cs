using Argosy.Sidecar.State;
using Argosy.Sidecar.Workflows.Storage;
using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>A workflow instance in memory. Events come into its inbox; one turn at a time takes them all in, is run by a worker, saved in
/// one transaction, and only then has effects.</summary>
#pragma warning disable CA1001 // The semaphore holds no handle unless one is asked for, and instances come and go by the thousand.
internal sealed partial class InstanceActor
#pragma warning restore CA1001
{
    private static readonly TimeSpan PauseAfterFailedSave = TimeSpan.FromSeconds(1);

    private readonly InstanceHost _host;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _saves = new(1, 1);
    private readonly List<HistoryEvent> _history;
    private readonly List<InboxEntry> _inbox = [];
    private readonly Dictionary<int, ActivityTicket> _activities = [];
    private InstanceRecord? _record;
    private InstanceRecord? _replaced;
    private string? _customStatus;
    private TurnTicket? _turn;
    private TaskCompletionSource? _changed;
    private bool _isStored;
    private bool _isSaving;
    private bool _isRetired;
    private int _watchers;
    private int _continuations;
    private DateTimeOffset _lastUsed;

    /// <param name="waiting">Stored events no turn has taken in.</param>
    public InstanceActor(string id, StoredInstance stored, IEnumerable<InboxEntry> waiting, InstanceHost host)
    {
        Id = id;
        _host = host;
        _record = stored.Record;
        _history = stored.History;
        _customStatus = stored.CustomStatus;
        _isStored = _record is not null;
        _lastUsed = host.Time.GetUtcNow();
        foreach (var entry in waiting)
            Receive(entry);
        Resume();
    }

    public string Id { get; }

    /// <summary>Takes an event in. False: this object is out of use, load the instance again.</summary>
    public bool TryReceive(InboxEntry entry)
    {
        lock (_gate)
        {
            if (_isRetired)
                return false;
            Receive(entry);
            Pump();
            return true;
        }
    }

    /// <summary>Starts the instance, or says why not. Null: this object is out of use, load the instance again.</summary>
    public StartOutcome? TryStart(InboxEntry start, bool mustBeNew)
    {
        lock (_gate)
        {
            if (_isRetired)
                return null;
            if (_record is not null && (mustBeNew || !_record.HasEnded()))
                return IsSameStart(start.Event) ? StartOutcome.AlreadyAccepted : StartOutcome.AlreadyExists;
            BeginExecution(start.Event);
            _inbox.Add(start);
            Pump();
            return StartOutcome.Accepted;
        }
    }

    /// <summary>A timer is due. False: this object is out of use.</summary>
    public bool TryFire(DueTimer due)
    {
        lock (_gate)
        {
            if (_isRetired)
                return false;
            if (_record is null || _record.Generation != due.Generation)
                return true;
            if (due.TimerId is { } id && _record.FindTimer(id) is { } timer)
                _inbox.Add(new InboxEntry(HistoryEvents.TimerFired(_host.Time.GetUtcNow(), id, timer.FireAt)));
            Pump();
            return true;
        }
    }

    /// <summary>An activity has answered. The task ends once that cannot be lost.</summary>
    public async Task AnswerAsync(ActivityTicket ticket, ActivityResponse response)
    {
        InboxEntry entry;
        lock (_gate)
        {
            var request = ticket.Request;
            if (_isRetired || !_activities.Remove(request.TaskId, out var open))
                return;
            if (open != ticket)
            {
                _activities.Add(request.TaskId, open);
                return;
            }
            entry = new InboxEntry(HistoryEvents.TaskAnswered(_host.Time.GetUtcNow(), request.TaskId, request.TaskExecutionId, response.Result, response.FailureDetails));
            _inbox.Add(entry);
            Pump();
        }
        await SecureAsync(entry);
    }

    /// <summary>Waits until an event is safe; if no turn takes it in soon it is stored by itself.</summary>
    public async Task SecureAsync(InboxEntry entry)
    {
        try
        {
            await entry.Safe.WaitAsync(InstanceHost.LongestUnsafe, _host.Time);
        }
        catch (TimeoutException)
        {
            await StoreAsync(entry);
            await entry.Safe;
        }
    }

    /// <summary>A worker has run a turn. The task ends once it is saved.</summary>
    public async Task CompleteAsync(TurnTicket ticket, WorkflowResponse response)
    {
        await _saves.WaitAsync();
        try
        {
            TurnOutcome outcome;
            TurnSave save;
            lock (_gate)
            {
                if (_turn != ticket)
                    return;
                try
                {
                    outcome = Apply(ticket, response);
                    save = Prepare(ticket, outcome);
                }
                catch
                {
                    // An answer that makes no sense: its sender gets the error, and the turn is run again.
                    PutBack(ticket);
                    throw;
                }
                _isSaving = true;
            }
            try
            {
                await _host.Store.SaveAsync(save.Operations);
            }
#pragma warning disable CA1031 // Whatever the store fails with, the turn is not lost: its events go back and it is run again.
            catch (Exception failure)
            {
                LogSaveFailed(_host.Log, failure, Id);
                PutBack(ticket);
                return;
            }
            lock (_gate)
            {
                Commit(ticket, outcome, save);
                Pump();
            }
            foreach (var (instanceId, entry) in save.Deliveries)
                _host.Deliver(instanceId, entry);
        }
        finally
        {
            _saves.Release();
        }
    }

    /// <summary>Waits until the record is as wanted, or the instance is gone.</summary>
    public async Task WaitAsync(Func<InstanceRecord?, bool> reached, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _watchers);
        try
        {
            while (true)
            {
                Task changed;
                lock (_gate)
                {
                    if (_isRetired || reached(_record))
                        return;
                    changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                }
                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    /// <summary>The instance as it is now.</summary>
    public InstanceView View()
    {
        lock (_gate)
        {
            _lastUsed = _host.Time.GetUtcNow();
            return new InstanceView(Id, _isRetired ? null : _record?.Clone(), [.. _history], _customStatus, PendingStart());
        }
    }

    /// <summary>Takes the object out of use if nothing needs it in memory.</summary>
    public bool TryRetire(TimeSpan idleFor)
    {
        lock (_gate)
        {
            if (_isRetired)
                return true;
            var isIdle = _turn is null && !_isSaving && _inbox.Count == 0 && _activities.Count == 0
                && Volatile.Read(ref _watchers) == 0 && _host.Time.GetUtcNow() - _lastUsed >= idleFor;
            return isIdle && (_isRetired = true);
        }
    }

    /// <summary>Removes the instance for good. False: it has not ended and <paramref name="force"/> is not set.</summary>
    public async Task<bool> PurgeAsync(bool force)
    {
        await _saves.WaitAsync();
        try
        {
            List<StateOperation> operations;
            lock (_gate)
            {
                if (_isRetired || _record is null)
                    return true;
                if (!_record.HasEnded() && !force)
                    return false;
                operations = [.. _host.Store.Drop(Id, _replaced ?? _record), .. Keys(_inbox), .. Keys(_turn?.Entries ?? [])];
            }
            await _host.Store.SaveAsync(operations);
            lock (_gate)
            {
                _isRetired = true;
                StopWork();
                Discard(_inbox);
                if (_turn is { } turn)
                    Discard(turn.Entries);
                SignalChange();
            }
            return true;
        }
        finally
        {
            _saves.Release();
        }
    }

    [LoggerMessage(600, LogLevel.Error, "A turn of workflow instance {InstanceId} could not be saved; it will be run again")]
    private static partial void LogSaveFailed(ILogger log, Exception failure, string instanceId);

    [LoggerMessage(601, LogLevel.Warning, "An event of workflow instance {InstanceId} could not be stored")]
    private static partial void LogStoreFailed(ILogger log, Exception failure, string instanceId);

    [LoggerMessage(602, LogLevel.Debug, "Workflow {Workflow} {InstanceId} ended as {Status}")]
    private static partial void LogEnded(ILogger log, string workflow, string instanceId, OrchestrationStatus status);
}

/// <summary>What became of a request to start an instance.</summary>
internal enum StartOutcome
{
    Accepted,

    /// <summary>The same start was accepted before and has not run yet.</summary>
    AlreadyAccepted,
    AlreadyExists,
}

/// <summary>An event on its way to an instance.</summary>
internal readonly record struct InstanceDelivery(string InstanceId, InboxEntry Entry);

/// <summary>How a turn is saved.</summary>
/// <param name="Deliveries">Events for other instances, stored in the same transaction.</param>
/// <param name="Next">First events of the next execution, stored likewise.</param>
internal sealed record TurnSave(IReadOnlyList<StateOperation> Operations, IReadOnlyList<InstanceDelivery> Deliveries, IReadOnlyList<InboxEntry> Next);

/// <summary>An instance at one moment.</summary>
/// <param name="Record">Null when there is no such instance.</param>
/// <param name="PendingStart">The start that has not run yet, if so.</param>
internal sealed record InstanceView(string Id, InstanceRecord? Record, IReadOnlyList<HistoryEvent> History, string? CustomStatus, HistoryEvent? PendingStart);
