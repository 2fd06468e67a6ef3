using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.State;
using Argosy.Sidecar.Workflows.Storage;
using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>The workflows of one app id, shared by the sidecars of its replicas.</summary>
internal sealed partial class WorkflowEngine(SidecarApp app, AppDirectory apps, ComponentSet components, TimeProvider time, ILogger<WorkflowEngine> log)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private WorkflowStore? _store;
    private InstanceHost _host = null!;
    private InstanceCache _instances = null!;
    private TimerScheduler? _timers;
    private ITimer? _sweeper;

    /// <summary>Work for the app's workers.</summary>
    public WorkDispatcher Dispatcher { get; } = new();

    public TimeProvider Time => time;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var stores = components.Of<IStateStore>().Where(component => component.Metadata.Flag("actorStateStore")).ToList();
        if (stores is not [{ Instance: IStateStore store }])
        {
            if (stores.Count > 1)
                LogManyStores(log, app.AppId, string.Join(", ", stores.Select(component => component.Definition.Name)));
            return Task.CompletedTask;
        }
        _store = new WorkflowStore(store, new WorkflowKeys(app.AppId, app.Namespace));
        _timers = new TimerScheduler(time, due => _ = FireAsync(due));
        _host = new InstanceHost(app.AppId, _store, new TurnApplier(app.AppId, app.Namespace, time), _timers, FindDispatcher, (id, entry) => _ = DeliverAsync(id, entry), time, log);
        _instances = new InstanceCache(_host);
        _sweeper = time.CreateTimer(_ => _instances.Sweep(), null, SweepPeriod, SweepPeriod);
        _ = RecoverAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _sweeper?.Dispose();
        _timers?.Dispose();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _sweeper?.Dispose();
        _timers?.Dispose();
    }

    /// <summary>Waits until what an earlier process left is found; fails when the app has no store for workflows.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) =>
        _store is null ? throw WorkflowErrors.NoStore : _recovered.Task.WaitAsync(cancellationToken);

    /// <summary>Starts an instance; the task ends when that is safe.</summary>
    public async Task StartAsync(HistoryEvent start, bool mustBeNew, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        var id = start.ExecutionStarted.WorkflowInstance.InstanceId;
        await _instances.UseAsync(id, async instance =>
        {
            var entry = new InboxEntry(start);
            switch (instance.TryStart(entry, mustBeNew))
            {
                case StartOutcome.AlreadyExists:
                    throw WorkflowErrors.AlreadyExists(id);
                case StartOutcome.Accepted:
                    await instance.SecureAsync(entry);
                    return instance;
                case StartOutcome.AlreadyAccepted:
                    return instance;
                default:
                    return null;
            }
        });
    }

    /// <summary>Gives an event to an instance; the task ends when it is safe.</summary>
    /// <returns>False when there is no such instance.</returns>
    public async Task<bool> SendAsync(string instanceId, HistoryEvent message, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        var entry = new InboxEntry(message);
        var exists = false;
        await _instances.UseAsync(instanceId, async instance =>
        {
            exists = instance.View().Record is not null;
            if (!exists)
                return instance;
            if (!instance.TryReceive(entry))
                return null;
            await instance.SecureAsync(entry);
            return instance;
        });
        return exists;
    }

    /// <summary>Waits until the instance is as wanted or is gone.</summary>
    public async Task<InstanceView> WaitAsync(string instanceId, Func<InstanceRecord?, bool> reached, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        return await _instances.UseAsync(instanceId, async instance =>
        {
            await instance.WaitAsync(reached, cancellationToken);
            return instance.View();
        });
    }

    public Task<InstanceView> GetAsync(string instanceId, CancellationToken cancellationToken) => WaitAsync(instanceId, _ => true, cancellationToken);

    /// <summary>A worker's answer to a turn; one nobody waits for (any more) is thrown away.</summary>
    public Task CompleteTurnAsync(WorkflowResponse response) =>
        Dispatcher.Take<TurnTicket>(response.CompletionToken, open => open.InstanceId == response.InstanceId) is { } ticket
            ? ticket.Instance.CompleteAsync(ticket, response)
            : Task.CompletedTask;

    /// <summary>A worker's answer to an activity; one nobody waits for (any more) is thrown away.</summary>
    public Task CompleteActivityAsync(ActivityResponse response) =>
        Dispatcher.Take<ActivityTicket>(response.CompletionToken, open => open.InstanceId == response.InstanceId && open.Request.TaskId == response.TaskId) is { } ticket
            ? ticket.Instance.AnswerAsync(ticket, response)
            : Task.CompletedTask;

    /// <summary>Forgets an instance that has ended, and its children when asked.</summary>
    /// <returns>How many instances went.</returns>
    public async Task<int> PurgeAsync(string instanceId, bool recursive, bool force, CancellationToken cancellationToken)
    {
        var view = await GetAsync(instanceId, cancellationToken);
        if (view.Record is null)
            return 0;
        if (!view.Record.HasEnded() && !force)
            throw WorkflowErrors.NotEnded(instanceId);
        var count = 0;
        if (recursive)
        {
            foreach (var child in view.History.Select(entry => entry.ChildWorkflowInstanceCreated?.InstanceId).OfType<string>().Distinct())
                count += await PurgeAsync(child, recursive, force, cancellationToken);
        }
        await _instances.UseAsync(instanceId, async instance => await instance.PurgeAsync(force) ? instance : throw WorkflowErrors.NotEnded(instanceId));
        _instances.Sweep();
        return count + 1;
    }

    /// <summary>Every instance id, in order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        var ids = new SortedSet<string>(await _store!.ListActiveAsync(cancellationToken), StringComparer.Ordinal);
        ids.UnionWith(await _store.ListEndedAsync(cancellationToken));
        return [.. ids];
    }

    /// <summary>Stores a new instance that goes on from the middle of another's history.</summary>
    public async Task RerunAsync(InstanceRerun rerun, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        var source = await GetAsync(rerun.SourceId, cancellationToken);
        if ((await GetAsync(rerun.NewId, cancellationToken)).Record is not null)
            throw WorkflowErrors.AlreadyExists(rerun.NewId);
        var messages = await rerun.SaveAsync(source, _store!, _host.Applier, cancellationToken);
        // Whatever stood for the id in memory knew of no instance.
        await _instances.ForgetAsync(rerun.NewId);
        foreach (var timer in (await GetAsync(rerun.NewId, cancellationToken)).Record!.Timers)
            _timers!.Add(new DueTimer(rerun.NewId, 1, timer.Id, timer.FireAt.ToDateTimeOffset()));
        foreach (var (id, entry) in messages)
            await DeliverAsync(id, entry);
    }

    private WorkDispatcher? FindDispatcher(string? appId) =>
        appId is null ? Dispatcher : apps.Find(appId, app.Namespace)?.Engine<WorkflowEngine>().Dispatcher;

    // Finds what an earlier process left: waiting events, timers and activities without an answer. Instances that only wait for someone else
    // are not loaded.
    private async Task RecoverAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await RecoverOnceAsync(_stopping.Token);
                _recovered.TrySetResult();
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store that is down at start must not keep the rest of the sidecar from working.
            catch (Exception failure)
            {
                LogRecoveryFailed(log, failure, app.AppId);
                await Task.Delay(RetryPause, time);
            }
#pragma warning restore CA1031
        }
    }

    private async Task RecoverOnceAsync(CancellationToken cancellationToken)
    {
        var awake = new HashSet<string>(StringComparer.Ordinal);
        var inboxes = await _store!.LoadInboxesAsync(cancellationToken);
        var records = await _store.LoadRecordsAsync(await _store.ListActiveAsync(cancellationToken), cancellationToken);
        foreach (var waiting in inboxes)
        {
            _instances.AddUnread(waiting.InstanceId, new InboxEntry(waiting.Record.Event, waiting.Key, waiting.Record.ExecutionId));
            awake.Add(waiting.InstanceId);
        }
        foreach (var (id, record) in records)
        {
            foreach (var timer in record.Timers)
                _timers!.Add(new DueTimer(id, record.Generation, timer.Id, timer.FireAt.ToDateTimeOffset()));
            if (record.Activities.Count > 0)
                awake.Add(id);
        }
        foreach (var id in awake)
            await PersistentlyAsync(() => _instances.GetAsync(id));
        if (records.Count > 0 || awake.Count > 0)
            LogRecovered(log, app.AppId, records.Count, awake.Count);
    }

    private async Task DeliverAsync(string instanceId, InboxEntry entry) =>
        await PersistentlyAsync(() => _instances.UseAsync(instanceId, instance => Task.FromResult(instance.TryReceive(entry) ? instance : null)));

    private async Task FireAsync(DueTimer due) =>
        await PersistentlyAsync(() => _instances.UseAsync(due.InstanceId, instance => Task.FromResult(instance.TryFire(due) ? instance : null)));

    // The store may be away for a moment; the event is in it, so it only has to be brought to the instance.
    private async Task PersistentlyAsync(Func<Task<InstanceActor>> deliver)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await deliver();
                return;
            }
#pragma warning disable CA1031 // Tried again until it works or the process ends; then the next start finds the event.
            catch (Exception failure)
            {
                LogDeliveryFailed(log, failure, app.AppId);
                await Task.Delay(RetryPause, time);
            }
#pragma warning restore CA1031
        }
    }

    [LoggerMessage(610, LogLevel.Error, "App {AppId}: workflows are off, because several state stores have actorStateStore: {Stores}")]
    private static partial void LogManyStores(ILogger log, string appId, string stores);

    [LoggerMessage(611, LogLevel.Information, "App {AppId}: {Active} workflow instances have not ended, {Awake} of them have work to do now")]
    private static partial void LogRecovered(ILogger log, string appId, int active, int awake);

    [LoggerMessage(612, LogLevel.Error, "App {AppId}: workflows could not be read from the state store; trying again")]
    private static partial void LogRecoveryFailed(ILogger log, Exception failure, string appId);

    [LoggerMessage(613, LogLevel.Error, "App {AppId}: an event could not be brought to its workflow instance; trying again")]
    private static partial void LogDeliveryFailed(ILogger log, Exception failure, string appId);
}
