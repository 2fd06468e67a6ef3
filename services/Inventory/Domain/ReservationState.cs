namespace Argosy.Inventory.Domain;

/// <summary>Where the reservation of an order stands.</summary>
internal enum ReservationState
{
    /// <summary>Held until the lease runs out.</summary>
    Reserved,

    /// <summary>Held for the order until it is shipped or cancelled; never runs out.</summary>
    Committed,

    /// <summary>Given back. Also the tombstone of an order released before it was reserved. Final.</summary>
    Released,

    /// <summary>Handed to the carrier: the units have left the stock. Final.</summary>
    Shipped,

    /// <summary>Some line was short, so nothing was held. Final.</summary>
    Refused,
}
