using System.Collections.Concurrent;

namespace Argosy.Sidecar.Workflows;

/// <summary>The instances in memory: loaded when something happens to them, let go soon after they are idle, so that thousands of waiting
/// workflows cost no memory.</summary>
internal sealed class InstanceCache(InstanceHost host)
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Task<InstanceActor>> _instances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<InboxEntry>> _unread = new(StringComparer.Ordinal);

    /// <summary>After a restart: stored events that instance must take in when it is loaded.</summary>
    public void AddUnread(string instanceId, InboxEntry entry) => _unread.GetOrAdd(instanceId, _ => []).Add(entry);

    /// <summary>Runs <paramref name="use"/> on the instance, loading it if needed, until it is not null: null means that the object went out of use.</summary>
    public async Task<T> UseAsync<T>(string instanceId, Func<InstanceActor, Task<T?>> use) where T : class
    {
        while (true)
        {
            var instance = GetAsync(instanceId);
            if (await use(await instance) is { } result)
                return result;
            Remove(instanceId, instance);
        }
    }

    public Task<InstanceActor> GetAsync(string instanceId)
    {
        if (_instances.TryGetValue(instanceId, out var known))
            return known;
        var loading = new TaskCompletionSource<InstanceActor>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mine = _instances.GetOrAdd(instanceId, loading.Task);
        if (mine == loading.Task)
            _ = LoadAsync(instanceId, loading);
        return mine;
    }

    /// <summary>Lets go of an instance that was changed in the store behind its back.</summary>
    public async Task ForgetAsync(string instanceId)
    {
        var instance = GetAsync(instanceId);
        (await instance).TryRetire(TimeSpan.Zero);
        Remove(instanceId, instance);
    }

    /// <summary>Lets go of what is idle.</summary>
    public void Sweep()
    {
        foreach (var (id, task) in _instances)
        {
            if (task.IsCompletedSuccessfully && task.Result.TryRetire(IdleTime))
                Remove(id, task);
        }
    }

    private void Remove(string instanceId, Task<InstanceActor> task) => _instances.TryRemove(KeyValuePair.Create(instanceId, task));

    private async Task LoadAsync(string instanceId, TaskCompletionSource<InstanceActor> loading)
    {
        try
        {
            var stored = await host.Store.LoadAsync(instanceId, CancellationToken.None);
            _unread.TryRemove(instanceId, out var unread);
            loading.SetResult(new InstanceActor(instanceId, stored, unread ?? [], host));
        }
#pragma warning disable CA1031 // Whatever the store fails with goes to those who asked; the next one tries again.
        catch (Exception failure)
        {
            Remove(instanceId, loading.Task);
            loading.SetException(failure);
        }
    }
}
