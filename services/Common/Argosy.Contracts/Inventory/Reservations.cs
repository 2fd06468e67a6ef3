namespace Argosy.Contracts.Inventory;

/// <summary>Reserves stock for an order, all lines or none: <c>PUT /internal/inventory/reservations/{orderId}</c>. The same order id again
/// gives the first answer again. A SKU Inventory has not heard of yet is 503: its product-changed event is on the way.</summary>
/// <param name="LeaseSeconds">The reservation is released by itself when it is neither committed nor released for so long.</param>
public sealed record ReserveStock(IReadOnlyList<ReservationLine> Lines, int LeaseSeconds);

/// <summary>Units of one SKU.</summary>
public sealed record ReservationLine(string Sku, int Quantity);

/// <summary>Outcome of a reservation; a refusal is an answer, not an error (HTTP 200).</summary>
/// <param name="Reserved">False when some line could not be had; nothing is reserved then.</param>
/// <param name="Shortages">For a refusal: the SKUs that are short, with what is available of them.</param>
public sealed record ReservationResult(bool Reserved, IReadOnlyList<StockShortage> Shortages);

/// <summary>A SKU of which fewer units are available than wanted.</summary>
public sealed record StockShortage(string Sku, int Wanted, int Available);
