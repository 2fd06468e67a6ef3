using System.Text.Json.Serialization;
using Argosy.Ordering.Domain;

namespace Argosy.Ordering.Infrastructure.Persistence;

/// <summary>The JSON kept in columns and sealed fields.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(OrderStatusConverter)])]
[JsonSerializable(typeof(IReadOnlyList<OrderLine>))]
[JsonSerializable(typeof(IReadOnlyList<StatusChange>))]
[JsonSerializable(typeof(ShippingAddress))]
internal sealed partial class OrderingJson : JsonSerializerContext;
