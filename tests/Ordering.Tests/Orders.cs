using Argosy.Ordering.Domain;

namespace Argosy.Ordering.Tests;

/// <summary>Orders for tests.</summary>
internal static class Orders
{
    public static Order Submitted(string customerId = "customer-1", DateTimeOffset? at = null)
    {
        var now = at ?? new DateTimeOffset(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
        return Order.Submit(
            Guid.CreateVersion7(now),
            OrderNumber.New(),
            customerId,
            [new OrderLine("TEA-1", "Tea", 2, 450, 900)],
            new OrderTotals("EUR", 900, 0, 490, 171, 1561),
            new SealedPersonalData([1], [2], "card", [3]),
            "https://shop.example",
            now,
            now.AddSeconds(5));
    }
}
