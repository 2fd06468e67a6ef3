using System.Collections.Concurrent;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>The idempotency keys of calls that are being executed.</summary>
internal sealed class KeysInUse
{
    private readonly ConcurrentDictionary<string, bool> _keys = new(StringComparer.Ordinal);

    /// <summary>Takes a key until it is disposed of.</summary>
    /// <exception cref="StripeRefusal">Another call has it now.</exception>
    public IDisposable Take(string key) => _keys.TryAdd(key, true) ? new Hold(_keys, key) : throw StripeErrors.KeyInUse(key);

    private sealed class Hold(ConcurrentDictionary<string, bool> keys, string key) : IDisposable
    {
        public void Dispose() => keys.TryRemove(key, out _);
    }
}
