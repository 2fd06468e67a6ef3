namespace Argosy.Notification.Domain;

/// <summary>One step of one order that its customer is told of, live and by mail. There is one row per order and step, however often the
/// event comes.</summary>
internal sealed class OrderNotice
{
    /// <summary>The order in which rows were written; on PostgreSQL not the order in which they became visible.</summary>
    public long Sequence { get; init; }

    public required Guid OrderId { get; init; }

    public required string Number { get; init; }

    public required string CustomerId { get; init; }

    public required OrderStep Step { get; init; }

    /// <summary>Stable code of a cancellation.</summary>
    public string? Reason { get; init; }

    /// <summary>Who carries a shipped order.</summary>
    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    /// <summary>Until when the customer has to act.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the step happened.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public MailState MailState { get; init; }

    /// <summary>Attempts that failed.</summary>
    public int MailAttempts { get; init; }

    /// <summary>From when on the mail may be sent; null when there is nothing left to send. Whoever takes the row moves it into the
    /// future, which keeps the others away (the lease).</summary>
    public DateTimeOffset? MailDueAt { get; init; }

    public DateTimeOffset? MailSentAt { get; init; }

    /// <summary>The same in every attempt, so that a component that remembers ids stores the mail once.</summary>
    public string MessageId => $"{OrderId}.{OrderStepName.Of(Step)}";
}
