namespace Argosy.Ordering.Domain;

/// <summary>An order. Every change goes through <see cref="OrderTransitions"/>; personal data is held sealed.</summary>
internal sealed class Order
{
    public const int OriginLength = 255;

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

    /// <summary>The shop's origin the customer ordered at; the bank's page leads back to it.</summary>
    public string Origin { get; private init; } = "";

    /// <summary>The bank's page the customer has to visit; only while the order waits for that.</summary>
    public string? PaymentActionUrl { get; private set; }

    public DateTimeOffset? ShipRequestedAt { get; private set; }

    /// <summary>Null until the workflow has been told that the order is to be shipped.</summary>
    public DateTimeOffset? ShipSignalledAt { get; private set; }

    public string? Carrier { get; private set; }

    public string? TrackingNumber { get; private set; }

    /// <param name="startClaimedUntil">The caller starts the workflow itself and promises to have done so by then.</param>
    public static Order Submit(
        Guid id,
        string number,
        string customerId,
        IReadOnlyList<OrderLine> lines,
        OrderTotals totals,
        SealedPersonalData personal,
        string origin,
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
            Origin = origin,
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
        PaymentActionUrl = null;
        Version++;
        // Only its workflow moves an order on; the process that started it may have died before it could note so.
        WorkflowStartedAt ??= now;
        History = [.. History, new StatusChange(next, now, reason)];
        return true;
    }

    /// <summary>Waits for the customer, whom the bank wants to see; false, and nothing changed, when the order is past that.</summary>
    public bool TryAwaitPaymentAction(string actionUrl, DateTimeOffset now)
    {
        if (!TryApply(OrderTrigger.RequirePaymentAction, now))
            return false;
        PaymentActionUrl = actionUrl;
        return true;
    }

    /// <summary>Notes that the customer wants out; false when it is too late for that. Asking again changes nothing.</summary>
    public bool TryRequestCancel(DateTimeOffset now)
    {
        if (!OrderTransitions.Allows(Status, OrderTrigger.Cancel) || ShipRequestedAt is not null)
            return false;
        if (CancelRequestedAt is null)
        {
            CancelRequestedAt = now;
            Version++;
        }
        return true;
    }

    /// <summary>Notes that the order is packed; false when it is not confirmed or is about to be cancelled. Asking again changes nothing.</summary>
    public bool TryRequestShipment(Shipment shipment, DateTimeOffset now)
    {
        if (ShipRequestedAt is not null)
            return true;
        if (!OrderTransitions.Allows(Status, OrderTrigger.Ship) || CancelRequestedAt is not null)
            return false;
        ShipRequestedAt = now;
        (Carrier, TrackingNumber) = (shipment.Carrier, shipment.TrackingNumber);
        Version++;
        return true;
    }
}
