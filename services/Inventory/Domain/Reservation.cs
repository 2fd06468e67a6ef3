using Argosy.Contracts.Inventory;

namespace Argosy.Inventory.Domain;

/// <summary>What an order holds of the stock; the row of an order id decides what a repeated request is answered.</summary>
internal sealed class Reservation
{
    public Guid OrderId { get; init; }

    public ReservationState State { get; init; }

    public IReadOnlyList<ReservationLine> Lines { get; init; } = [];

    /// <summary>Why it was refused.</summary>
    public IReadOnlyList<StockShortage> Shortages { get; init; } = [];

    /// <summary>Only while <see cref="ReservationState.Reserved"/>.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }
}
