using System.Text.Json;
using Argosy.Contracts.Inventory;
using Argosy.Inventory.Domain;

namespace Argosy.Inventory.Infrastructure.Persistence;

/// <summary>How the values of a reservation look in their columns, for EF's mapping and for statements alike.</summary>
internal static class ReservationColumns
{
    public static string State(ReservationState state) => state.ToString().ToLowerInvariant();

    public static ReservationState State(string column) => Enum.Parse<ReservationState>(column, ignoreCase: true);

    public static string Lines(IReadOnlyList<ReservationLine> lines) => JsonSerializer.Serialize(lines, InventoryJson.Default.IReadOnlyListReservationLine);

    public static IReadOnlyList<ReservationLine> Lines(string column) => JsonSerializer.Deserialize(column, InventoryJson.Default.IReadOnlyListReservationLine)!;

    public static string Shortages(IReadOnlyList<StockShortage> shortages) => JsonSerializer.Serialize(shortages, InventoryJson.Default.IReadOnlyListStockShortage);

    public static IReadOnlyList<StockShortage> Shortages(string column) => JsonSerializer.Deserialize(column, InventoryJson.Default.IReadOnlyListStockShortage)!;

    /// <summary>Milliseconds since 1970, which every database compares alike.</summary>
    public static long? Time(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
