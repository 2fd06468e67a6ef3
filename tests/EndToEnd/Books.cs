using System.Text.Json;
using Argosy.Testing;
using Xunit;

namespace Argosy.EndToEnd;

/// <summary>Orders and stock as they lie on disk. What money has to say is in <see cref="PaymentBooks"/>.</summary>
public sealed class Books(Store store)
{
    private static readonly string[] Underway = ["submitted", "awaiting-payment-action"];
    private static readonly string[] Holding = ["reserved", "committed"];
    private static readonly string[] Gone = ["shipped", "completed"];

    private readonly StoreDatabase _ordering = new(store, "ordering.db");
    private readonly StoreDatabase _inventory = new(store, "inventory.db");

    /// <summary>Waits until nothing moves any more, then checks what must hold after every fault.</summary>
    public async Task BalanceAsync()
    {
        await Eventually.HoldsAsync("no order is under way", () => !Orders().Values.Any(status => Underway.Contains(status)), TimeSpan.FromMinutes(2));
        // A cancelled order gives its stock back after it is marked; a reservation of it may be on its way out.
        await Eventually.HoldsAsync("no reservation belongs to a cancelled order", () => !Reservations().Any(reservation =>
            Holding.Contains(reservation.State) && Orders().GetValueOrDefault(reservation.OrderId) == "cancelled"), TimeSpan.FromMinutes(1));

        var orders = Orders();
        var reservations = Reservations();
        var held = new Dictionary<string, int>();
        foreach (var reservation in reservations.Where(reservation => Holding.Contains(reservation.State)))
        {
            Assert.Equal("confirmed", orders.GetValueOrDefault(reservation.OrderId));
            foreach (var (sku, quantity) in reservation.Lines)
                held[sku] = held.GetValueOrDefault(sku) + quantity;
        }
        Assert.Equal(With("confirmed"), reservations.Where(reservation => Holding.Contains(reservation.State)).Select(reservation => reservation.OrderId).Order());
        Assert.Equal(With(Gone), reservations.Where(reservation => reservation.State == "shipped").Select(reservation => reservation.OrderId).Order());
        foreach (var (sku, onHand, reserved) in Stock())
        {
            Assert.InRange(reserved, 0, onHand);
            Assert.Equal(held.GetValueOrDefault(sku), reserved);
        }
        await new PaymentBooks(store).BalanceAsync(orders);

        IEnumerable<Guid> With(params string[] statuses) => orders.Where(order => statuses.Contains(order.Value)).Select(order => order.Key).Order();
    }

    public IReadOnlyDictionary<Guid, string> Orders() =>
        _ordering.Read("SELECT id, status FROM orders", row => (Id: Guid.Parse(row.GetString(0)), Status: row.GetString(1))).ToDictionary(order => order.Id, order => order.Status);

    private List<(Guid OrderId, string State, List<(string Sku, int Quantity)> Lines)> Reservations() =>
        _inventory.Read("SELECT order_id, state, lines FROM reservations", row => (Guid.Parse(row.GetString(0)), row.GetString(1), Lines(row.GetString(2))));

    private List<(string Sku, int OnHand, int Reserved)> Stock() =>
        _inventory.Read("SELECT sku, on_hand, reserved FROM stock", row => (row.GetString(0), row.GetInt32(1), row.GetInt32(2)));

    private static List<(string, int)> Lines(string json)
    {
        using var lines = JsonDocument.Parse(json);
        return [.. lines.RootElement.EnumerateArray().Select(line => (line.GetProperty("sku").GetString()!, line.GetProperty("quantity").GetInt32()))];
    }
}
