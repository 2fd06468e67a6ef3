using System.Collections.Concurrent;
using Argosy.Catalog.Infrastructure.Persistence;

namespace Argosy.Catalog.Infrastructure.Cache;

/// <summary>Makes an answer from the database; null when there is nothing to answer with.</summary>
internal delegate Task<CachedAnswer?> AnswerLoader(CatalogContext context, CancellationToken cancellationToken);

/// <summary>Answers in two layers: this process's memory, and the state store shared with the other replicas. An entry counts only for the
/// revision it was made from. The revision is read before the data, so an entry is never older than its revision.</summary>
internal sealed class ReadCache(CurrentRevision current, SharedCache shared, IServiceScopeFactory scopes)
{
    private const int MaximumEntries = 4_000;
    private Generation _generation = new(new CatalogRevision(Guid.Empty, Guid.Empty));

    /// <param name="key">Names the answer; the same for requests that mean the same.</param>
    public async ValueTask<CachedAnswer?> GetAsync(string key, AnswerLoader load, CancellationToken cancellationToken)
    {
        var generation = GenerationOf(await current.GetAsync(cancellationToken));
        if (generation.Answers.TryGetValue(key, out var known) && known.IsCompletedSuccessfully)
            return known.Result;
        return await GetOrStartAsync(generation, key, load).WaitAsync(cancellationToken);
    }

    // Requests of one moment for one key share the work. A missing answer or a failure is forgotten at once.
    private Task<CachedAnswer?> GetOrStartAsync(Generation generation, string key, AnswerLoader load)
    {
        var source = new TaskCompletionSource<CachedAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = generation.Answers.GetOrAdd(key, source.Task);
        if (task == source.Task)
            _ = CompleteAsync(generation, key, load, source);
        return task;
    }

    private async Task CompleteAsync(Generation generation, string key, AnswerLoader load, TaskCompletionSource<CachedAnswer?> source)
    {
        CachedAnswer? loaded = null;
        try
        {
            var answer = await shared.FindAsync(key, generation.Revision) ?? (loaded = await LoadAsync(load));
            if (answer is null || generation.Answers.Count > MaximumEntries)
                generation.Answers.TryRemove(key, out _);
            source.SetResult(answer);
        }
        catch (Exception failure)
        {
            generation.Answers.TryRemove(key, out _);
            source.SetException(failure);
        }
        // Nobody waits for it.
        if (loaded is { IsWorthSharing: true })
            await shared.KeepAsync(key, generation.Revision, loaded);
    }

    private async Task<CachedAnswer?> LoadAsync(AnswerLoader load)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Several requests wait for it, so none of them may cancel it.
        return await load(scope.ServiceProvider.GetRequiredService<CatalogContext>(), CancellationToken.None);
    }

    private Generation GenerationOf(CatalogRevision revision)
    {
        var generation = Volatile.Read(ref _generation);
        if (generation.Revision == revision)
            return generation;
        var next = new Generation(revision);
        var before = Interlocked.CompareExchange(ref _generation, next, generation);
        return before == generation ? next : before.Revision == revision ? before : next;
    }

    private sealed class Generation(CatalogRevision revision)
    {
        public CatalogRevision Revision { get; } = revision;

        public ConcurrentDictionary<string, Task<CachedAnswer?>> Answers { get; } = new();
    }
}
