namespace Argosy.Ordering.Domain;

/// <summary>An <c>Idempotency-Key</c> a customer has used, and the order it led to.</summary>
internal sealed class IdempotentRequest
{
    public const int KeyLength = 255;

    public required string CustomerId { get; init; }

    public required string Key { get; init; }

    /// <summary>Keyed hash of the request's body: another body under the same key is a mistake of the client.</summary>
    public required byte[] Fingerprint { get; init; }

    public Guid OrderId { get; init; }
}
