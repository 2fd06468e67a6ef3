using System.Text.Json;
using Argosy.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Argosy.EndToEnd;

/// <summary>The databases of Ordering and Inventory as they lie on disk, to check what the services claim.</summary>
public sealed class Books(Store store)
{
    private static readonly string[] Holding = ["reserved", "committed"];

    /// <summary>Waits until nothing moves any more, then checks what must hold after every fault.</summary>
    public async Task BalanceAsync()
    {
        await Eventually.HoldsAsync("no order is under way", () => Orders().Values.All(status => status is not "submitted"), TimeSpan.FromMinutes(2));
        // A cancelled order gives its stock back after it is marked; a reservation of it may be on its way out.
        await Eventually.HoldsAsync("no reservation belongs to a cancelled order", () => !Reservations().Any(reservation =>
            Holding.Contains(reservation.State) && Orders().GetValueOrDefault(reservation.OrderId) == "cancelled"), TimeSpan.FromMinutes(1));

        var orders = Orders();
        var held = new Dictionary<string, int>();
        foreach (var reservation in Reservations().Where(reservation => Holding.Contains(reservation.State)))
        {
            Assert.Equal("confirmed", orders.GetValueOrDefault(reservation.OrderId));
            foreach (var (sku, quantity) in reservation.Lines)
                held[sku] = held.GetValueOrDefault(sku) + quantity;
        }
        Assert.Equal(orders.Count(order => order.Value == "confirmed"), Reservations().Count(reservation => Holding.Contains(reservation.State)));
        foreach (var (sku, onHand, reserved) in Stock())
        {
            Assert.InRange(reserved, 0, onHand);
            Assert.Equal(held.GetValueOrDefault(sku), reserved);
        }
    }

    public IReadOnlyDictionary<Guid, string> Orders() =>
        Read("ordering.db", "SELECT id, status FROM orders", row => (Id: Guid.Parse(row.GetString(0)), Status: row.GetString(1))).ToDictionary(order => order.Id, order => order.Status);

    private List<(Guid OrderId, string State, List<(string Sku, int Quantity)> Lines)> Reservations() =>
        Read("inventory.db", "SELECT order_id, state, lines FROM reservations", row => (Guid.Parse(row.GetString(0)), row.GetString(1), Lines(row.GetString(2))));

    private List<(string Sku, int OnHand, int Reserved)> Stock() =>
        Read("inventory.db", "SELECT sku, on_hand, reserved FROM stock", row => (row.GetString(0), row.GetInt32(1), row.GetInt32(2)));

    private static List<(string, int)> Lines(string json)
    {
        using var lines = JsonDocument.Parse(json);
        return [.. lines.RootElement.EnumerateArray().Select(line => (line.GetProperty("sku").GetString()!, line.GetProperty("quantity").GetInt32()))];
    }

    private List<T> Read<T>(string database, string sql, Func<SqliteDataReader, T> map)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Data, database)};Mode=ReadOnly;Pooling=False;Default Timeout=20");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }
}
