using System.Text.Json;
using System.Text.Json.Serialization;
using Argosy.Ordering.Domain;

namespace Argosy.Ordering.Infrastructure.Persistence;

internal sealed class OrderStatusConverter() : JsonStringEnumConverter<OrderStatus>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
