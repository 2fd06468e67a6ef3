namespace Argosy.PaymentSimulator.Domain;

/// <summary>Something that happened to a payment, as it is told to the shop, and how far the telling has come.</summary>
internal sealed class SimulatorEvent : IStripeResource
{
    /// <summary>The order of telling within one payment.</summary>
    public long Sequence { get; init; }

    public required string Id { get; init; }

    public required string PaymentIntentId { get; init; }

    /// <summary>Stripe's name, for example <c>payment_intent.succeeded</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The event's JSON, the same at every attempt.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When to try next; null when there is nothing left to do.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>How many times it has still to arrive.</summary>
    public int Copies { get; init; }

    /// <summary>When it arrived for the last time.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
}
