using System.Collections.Frozen;
using System.Text.Json;

namespace Argosy.Notification.Domain;

/// <summary>The names steps are stored and told under; the same as the order's statuses.</summary>
internal static class OrderStepName
{
    private static readonly FrozenDictionary<OrderStep, string> Names =
        Enum.GetValues<OrderStep>().ToFrozenDictionary(step => step, step => JsonNamingPolicy.KebabCaseLower.ConvertName(step.ToString()));

    private static readonly FrozenDictionary<string, OrderStep> Steps = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(OrderStep step) => Names[step];

    public static OrderStep Parse(string name) => Steps[name];
}
