using System.Collections.Concurrent;
using System.Globalization;
using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.State;

/// <summary>The state API of one app over its state stores.</summary>
internal sealed class StateEngine(SidecarApp app, ComponentSet components)
{
    private readonly ConcurrentDictionary<string, (IStateStore Store, StateKeys Keys)> _stores = new(StringComparer.Ordinal);

    /// <summary>Null when the key has no live value.</summary>
    public async Task<StateItem?> GetAsync(string store, string key, CancellationToken cancellationToken)
    {
        var (target, keys) = Find(store);
        var complete = keys.Complete(key);
        try
        {
            return await target.GetAsync(complete, cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw StateErrors.GetFailed(store, key, failure);
        }
    }

    /// <summary>The keys in the order asked for, each with its live value if it has one.</summary>
    public async Task<IReadOnlyList<(string Key, StateItem? Item)>> GetManyAsync(string store, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var (target, prefixed) = Find(store);
        if (keys.Count == 0)
            return [];
        var complete = keys.Select(prefixed.Complete).ToList();
        try
        {
            var found = (await target.GetManyAsync(complete, cancellationToken)).ToDictionary(item => item.Key, StringComparer.Ordinal);
            return [.. keys.Zip(complete, (key, stored) => (key, found.GetValueOrDefault(stored)))];
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw StateErrors.BulkGetFailed(failure);
        }
    }

    /// <summary>Saves each item by itself: when one is refused, the others are stored all the same.</summary>
    public async Task SaveAsync(string store, IReadOnlyList<SaveRequest> items, CancellationToken cancellationToken)
    {
        var (target, keys) = Find(store);
        if (items.Any(item => item.Key.Length == 0))
            throw StateErrors.EmptyKey();
        try
        {
            await ApplyAsync(target, [.. items.Select(item => ToOperation(item, keys))], cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw StateErrors.SaveFailed(store, failure);
        }
    }

    public async Task DeleteAsync(string store, DeleteRequest item, CancellationToken cancellationToken)
    {
        var (target, keys) = Find(store);
        try
        {
            await target.ApplyAsync(ToOperation(item, keys), cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw StateErrors.DeleteFailed(item.Key, failure);
        }
    }

    /// <summary>Deletes each key by itself, as <see cref="SaveAsync"/> saves.</summary>
    public async Task DeleteManyAsync(string store, IReadOnlyList<DeleteRequest> items, CancellationToken cancellationToken)
    {
        var (target, keys) = Find(store);
        try
        {
            await ApplyAsync(target, [.. items.Select(item => ToOperation(item, keys))], cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw StateErrors.BulkDeleteFailed(store, failure);
        }
    }

    /// <summary>All or nothing.</summary>
    public async Task TransactAsync(string store, IReadOnlyList<StateRequest> operations, CancellationToken cancellationToken)
    {
        var (target, keys) = Find(store);
        if (!target.Features.HasFlag(StateFeatures.Transactional))
            throw StateErrors.TransactionsNotSupported(store);
        if (operations.Count == 0)
            return;
        try
        {
            await target.TransactAsync([.. operations.Select(operation => ToOperation(operation, keys))], cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw StateErrors.TransactionFailed(failure);
        }
    }

    /// <summary>No store here can be queried; daprd says so too for stores that cannot.</summary>
    public DaprApiException RefuseQuery(string store)
    {
        _ = Find(store);
        return StateErrors.QueryNotSupported(store);
    }

    /// <exception cref="DaprApiException">There is no such store.</exception>
    public void Require(string store) => _ = Find(store);

    private (IStateStore Store, StateKeys Keys) Find(string name)
    {
        if (_stores.TryGetValue(name, out var known))
            return known;
        var component = components.Of<IStateStore>().FirstOrDefault(candidate => candidate.Definition.Name == name)
            ?? throw (components.Of<IStateStore>().Any() ? StateErrors.NotFound(name, app.AppId) : StateErrors.NotConfigured(name, app.AppId));
        return _stores.GetOrAdd(name, ((IStateStore)component.Instance, StateKeys.From(component.Metadata, app.AppId, app.Namespace)));
    }

    private static async Task ApplyAsync(IStateStore store, IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken) =>
        await Task.WhenAll(operations.Select(operation => store.ApplyAsync(operation, cancellationToken)));

    private static StateOperation ToOperation(StateRequest request, StateKeys keys)
    {
        var key = keys.Complete(request.Key);
        if (request.Concurrency is not ("" or "first-write" or "last-write"))
            throw new ArgumentException($"unrecognized concurrency model '{request.Concurrency}'");
        if (request.Consistency is not ("" or "strong" or "eventual"))
            throw new ArgumentException($"unrecognized consistency model '{request.Consistency}'");
        var firstWrite = request.Concurrency == "first-write";
        return request switch
        {
            SaveRequest save => new StateUpsert(key, save.Value, save.ETag, firstWrite, TimeToLive(save.Metadata), save.IsJson),
            _ => new StateDelete(key, request.ETag, firstWrite),
        };
    }

    private static TimeSpan? TimeToLive(IReadOnlyDictionary<string, string> metadata)
    {
        var text = metadata.FirstOrDefault(item => string.Equals(item.Key, "ttlInSeconds", StringComparison.OrdinalIgnoreCase)).Value;
        if (text is null or "")
            return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || seconds < -1)
            throw new ArgumentException($"incorrect value for metadata 'ttlInSeconds': '{text}' is not a whole number of seconds, -1 or more");
        return TimeSpan.FromSeconds(seconds);
    }

    private static bool IsFailure(Exception failure) => failure is not (DaprApiException or OperationCanceledException);
}
