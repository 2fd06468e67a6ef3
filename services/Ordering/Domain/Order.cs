namespace Argosy.Ordering.Domain;

/// <summary>An order. Every change goes through <see cref="OrderTransitions"/>; personal data is held sealed.</summary>
internal sealed class Order
{
    private Order()
    {
    }

    public Guid Id { get; private init; }

    public string Number { get; private init; } = "";

    public string CustomerId { get; private init; } = "";

    public OrderStatus Status { get; private set; }

    /// <summary>Concurrency token, also the ETag: grows with every change.</summary>
    public long Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public IReadOnlyList<OrderLine> Lines { get; private init; } = [];

    public OrderTotals Totals { get; private init; } = null!;

    public SealedPersonalData Personal { get; private init; } = null!;

    /// <summary>Every status it ever had, oldest first.</summary>
    public IReadOnlyList<StatusChange> History { get; private set; } = [];

    /// <summary>Null until the workflow engine has accepted the order's workflow; decides whether it may still be started.</summary>
    public DateTimeOffset? WorkflowStartedAt { get; private set; }

    /// <summary>Until when one dispatcher alone may start the workflow; afterwards any may, since that one has died.</summary>
    public DateTimeOffset? StartClaimedUntil { get; private set; }

    public DateTimeOffset? CancelRequestedAt { get; private set; }

    /// <summary>Null until the workflow has been told of the request to cancel.</summary>
    public DateTimeOffset? CancelSignalledAt { get; private set; }

    /// <param name="startClaimedUntil">The caller starts the workflow itself and promises to have done so by then.</param>
    public static Order Submit(
        Guid id,
        string number,
        string customerId,
        IReadOnlyList<OrderLine> lines,
        OrderTotals totals,
        SealedPersonalData personal,
        DateTimeOffset now,
        DateTimeOffset startClaimedUntil) =>
        new()
        {
            Id = id,
            Number = number,
            CustomerId = customerId,
            Lines = lines,
            Totals = totals,
            Personal = personal,
            CreatedAt = now,
            StartClaimedUntil = startClaimedUntil,
            Status = OrderStatus.Submitted,
            Version = 1,
            History = [new StatusChange(OrderStatus.Submitted, now)],
        };

    /// <summary>Moves the order on; false, and nothing changed, when the table has no such step.</summary>
    public bool TryApply(OrderTrigger trigger, DateTimeOffset now, string? reason = null)
    {
        if (OrderTransitions.Next(Status, trigger) is not { } next)
            return false;
        Status = next;
        Version++;
        // Only its workflow moves an order on; the process that started it may have died before it could note so.
        WorkflowStartedAt ??= now;
        History = [.. History, new StatusChange(next, now, reason)];
        return true;
    }

    /// <summary>Notes that the customer wants out; false when it is too late for that. Asking again changes nothing.</summary>
    public bool TryRequestCancel(DateTimeOffset now)
    {
        if (!OrderTransitions.Allows(Status, OrderTrigger.Cancel))
            return false;
        if (CancelRequestedAt is null)
        {
            CancelRequestedAt = now;
            Version++;
        }
        return true;
    }
}
