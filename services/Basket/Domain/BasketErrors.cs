using Argosy.ServiceDefaults.Errors;

namespace Argosy.Basket.Domain;

/// <summary>The refusals of the basket.</summary>
internal static class BasketErrors
{
    public static readonly DomainError UnknownSku = new("unknown-sku", "Nobody sells this SKU.", StatusCodes.Status404NotFound);

    public static readonly DomainError QuantityOutOfRange = new("quantity-out-of-range", $"A line holds 1 to {Basket.MaximumQuantity} units; 0 removes it.");

    public static readonly DomainError Full = new("basket-full", $"A basket holds at most {Basket.MaximumLines} lines.");

    public static readonly DomainError Busy = new("basket-busy", "Too many changes of this basket at once.", StatusCodes.Status503ServiceUnavailable) { RetryAfter = TimeSpan.FromSeconds(1) };
}
