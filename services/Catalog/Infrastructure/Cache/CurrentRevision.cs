using Argosy.Catalog.Domain;
using Argosy.Catalog.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Infrastructure.Cache;

/// <summary>The catalog's revision as the database had it a moment ago. All requests of a moment share one look into the database.</summary>
internal sealed class CurrentRevision(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>How long a change made elsewhere (another replica, an event) may stay unseen.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private Look? _look;

    public ValueTask<CatalogRevision> GetAsync(CancellationToken cancellationToken)
    {
        var look = Volatile.Read(ref _look);
        if (look is { Revision.IsCompletedSuccessfully: true } && time.GetElapsedTime(look.StartedAt) < Validity)
            return ValueTask.FromResult(look.Revision.Result);
        return new ValueTask<CatalogRevision>(LookAsync().WaitAsync(cancellationToken));
    }

    /// <summary>To be called after a commit, so that this process sees its own change at once.</summary>
    public void Expire() => Volatile.Write(ref _look, null);

    private Task<CatalogRevision> LookAsync()
    {
        lock (_lock)
        {
            if (_look is { Revision.IsFaulted: false } look && time.GetElapsedTime(look.StartedAt) < Validity)
                return look.Revision;
            _look = new Look(time.GetTimestamp(), Task.Run(ReadAsync));
            return _look.Revision;
        }
    }

    private async Task<CatalogRevision> ReadAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        var stamps = await context.Revisions.AsNoTracking().ToDictionaryAsync(r => r.Name, r => r.Value);
        return new CatalogRevision(stamps[Revision.Content], stamps[Revision.Stock]);
    }

    private sealed record Look(long StartedAt, Task<CatalogRevision> Revision);
}
