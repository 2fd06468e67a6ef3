using System.Text.Json.Serialization;
using Argosy.Contracts.Inventory;

namespace Argosy.Inventory.Infrastructure.Persistence;

/// <summary>The JSON kept in columns.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ReservationLine>))]
[JsonSerializable(typeof(IReadOnlyList<StockShortage>))]
internal sealed partial class InventoryJson : JsonSerializerContext;
