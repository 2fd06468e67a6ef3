using System.Collections.Frozen;
using System.Text.Json;

namespace Argosy.PaymentSimulator.Domain;

/// <summary>Enum values as Stripe spells them (<c>requires_payment_method</c>), on the wire and in columns.</summary>
internal static class StripeName<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(T value) => Names[value];

    public static T Parse(string name) => Values[name];
}
