using System.Collections.Frozen;
using System.Text.Json;

namespace Argosy.Ordering.Domain;

/// <summary>The names statuses are stored and published under.</summary>
internal static class OrderStatusName
{
    private static readonly FrozenDictionary<OrderStatus, string> Names =
        Enum.GetValues<OrderStatus>().ToFrozenDictionary(status => status, status => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString()));

    private static readonly FrozenDictionary<string, OrderStatus> Statuses = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(OrderStatus status) => Names[status];

    public static OrderStatus Parse(string name) => Statuses[name];
}
