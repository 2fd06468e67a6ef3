using Argosy.Basket.Domain;
using Argosy.Contracts;
using Argosy.ServiceDefaults.Errors;
using Dapr;
using Dapr.Client;

namespace Argosy.Basket.Infrastructure;

/// <summary>Baskets in the Dapr state store, one key per customer. A change is read, made and written back under the ETag it was read with;
/// whoever comes second does it again on what the first one left.</summary>
internal sealed class BasketStore(DaprClient dapr, TimeProvider time)
{
    /// <summary>A basket nobody touches for so long is gone. All customers are guests until there are accounts.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(30);

    private const int MaximumAttempts = 40;
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(40);
    private static readonly StateOptions FirstWrite = new() { Concurrency = ConcurrencyMode.FirstWrite };
    private static readonly Dictionary<string, string> Metadata = new() { ["ttlInSeconds"] = ((int)TimeToLive.TotalSeconds).ToString() };

    public static string KeyOf(string customerId) => $"basket:{customerId}";

    /// <summary>The customer's basket, empty when there is none. Looking at it keeps it alive.</summary>
    public async Task<Domain.Basket> ReadAsync(string customerId, CancellationToken cancellationToken)
    {
        var (basket, etag) = await LoadAsync(customerId, cancellationToken);
        // When another request changes it at this moment, that one has refreshed it.
        if (basket.Items.Count > 0 && time.GetUtcNow() - basket.SavedAt > RefreshAfter)
            await TrySaveAsync(customerId, basket, etag, cancellationToken);
        return basket;
    }

    /// <param name="change">May run several times, each time on what is stored by then.</param>
    public async Task<Result<Domain.Basket>> UpdateAsync(string customerId, Func<Domain.Basket, Task<Result<Domain.Basket>>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaximumAttempts; attempt++)
        {
            var (basket, etag) = await LoadAsync(customerId, cancellationToken);
            if (!(await change(basket)).Succeeded(out var changed, out var refusal))
                return refusal;
            if (ReferenceEquals(changed, basket) || await TrySaveAsync(customerId, changed, etag, cancellationToken))
                return changed;
            await Task.Delay(Random.Shared.NextDouble() * Math.Min(attempt, 10) / 10 * LongestPause, time, cancellationToken);
        }
        return BasketErrors.Busy;
    }

    private async Task<(Domain.Basket Basket, string ETag)> LoadAsync(string customerId, CancellationToken cancellationToken)
    {
        var (basket, etag) = await dapr.GetStateAndETagAsync<Domain.Basket?>(ComponentNames.StateStore, KeyOf(customerId), cancellationToken: cancellationToken);
        return (basket ?? Domain.Basket.Empty, etag ?? "");
    }

    private async Task<bool> TrySaveAsync(string customerId, Domain.Basket basket, string etag, CancellationToken cancellationToken)
    {
        try
        {
            return await dapr.TrySaveStateAsync(ComponentNames.StateStore, KeyOf(customerId), basket with { SavedAt = time.GetUtcNow() }, etag, FirstWrite, Metadata, cancellationToken);
        }
        catch (DaprException) when (etag.Length == 0)
        {
            // Some stores report a key that should not exist yet as a plain error: it is a conflict if the key is there now.
            if ((await LoadAsync(customerId, cancellationToken)).ETag.Length == 0)
                throw;
            return false;
        }
    }
}
