using Argosy.Testing;
using Xunit;

namespace Argosy.EndToEnd;

/// <summary>Money as Payment has it in its ledger and as the gateway itself has it.</summary>
public sealed class PaymentBooks(Store store)
{
    private readonly StoreDatabase _payment = new(store, "payment.db");
    private readonly StoreDatabase _gateway = new(store, "paymentsimulator.db");

    /// <summary>Waits until the gateway has heard of all that was given up, then checks what must hold after every fault.</summary>
    /// <param name="orders">The orders and their statuses.</param>
    public async Task BalanceAsync(IReadOnlyDictionary<Guid, string> orders)
    {
        await Eventually.HoldsAsync("the gateway holds money for confirmed orders only", () =>
            Held().All(charge => orders.GetValueOrDefault(charge.OrderId) is "confirmed" or "shipped" or "completed"), TimeSpan.FromMinutes(1));

        Assert.All(Ledger().GroupBy(entry => (entry.OrderId, entry.Step)), step => Assert.Equal(0, step.Sum(entry => entry.Amount)));
        Assert.All(Held().CountBy(charge => charge.OrderId), charges => Assert.Equal(1, charges.Value));
        foreach (var (id, status) in orders)
            Assert.Equal(Expected(status), Balance(id));
        Assert.Equal(orders.Where(order => order.Value == "confirmed").Select(order => order.Key).Order(), Held().Where(charge => !charge.Captured).Select(charge => charge.OrderId).Order());
        Assert.Equal(orders.Where(order => order.Value is "shipped" or "completed").Select(order => order.Key).Order(), Held().Where(charge => charge.Captured).Select(charge => charge.OrderId).Order());
        Assert.Equal(Held().Sum(charge => charge.Amount), -Ledger().Where(entry => entry.Account == "customer").Sum(entry => entry.Amount));
    }

    /// <summary>Payment's state of an order's payment.</summary>
    public string StateOf(Guid orderId) => _payment.Read($"SELECT state FROM payments WHERE order_id = '{Column(orderId)}'", row => row.GetString(0)).Single();

    /// <summary>How often the customer's card was charged for an order, successfully.</summary>
    public int ChargesOf(Guid orderId) => Charges().Count(charge => charge.OrderId == orderId);

    /// <summary>The accounts that have money of the order, by name; empty when nobody has.</summary>
    private string Balance(Guid orderId) =>
        string.Join(' ', Ledger().Where(entry => entry.OrderId == orderId).GroupBy(entry => entry.Account)
            .Select(account => (Name: account.Key, Sum: account.Sum(entry => entry.Amount))).Where(account => account.Sum > 0).Select(account => account.Name));

    private static string Expected(string status) => status switch
    {
        "confirmed" => "authorization-hold",
        "shipped" or "completed" => "cash",
        _ => "",
    };

    private List<(Guid OrderId, string Step, string Account, long Amount)> Ledger() =>
        _payment.Read("SELECT order_id, step, account, amount FROM ledger_entries", row => (Guid.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetInt64(3)));

    private List<(Guid OrderId, bool Captured, long Amount)> Held() => [.. Charges().Where(charge => !charge.IsOver).Select(charge => (charge.OrderId, charge.Captured, charge.Amount))];

    private List<(Guid OrderId, bool Captured, bool IsOver, long Amount)> Charges() =>
        _gateway.Read(
            """
            SELECT charge.order_id, charge.captured, intent.status = 'canceled' OR charge.amount_refunded = charge.amount, charge.amount
            FROM charges charge JOIN payment_intents intent ON intent.id = charge.payment_intent_id
            WHERE charge.succeeded
            """,
            row => (Guid.Parse(row.GetString(0)), row.GetBoolean(1), row.GetBoolean(2), row.GetInt64(3)));

    private static string Column(Guid id) => id.ToString().ToUpperInvariant();
}
