using System.Collections.Frozen;
using System.Text.Json;
using Argosy.Contracts.Payment;

namespace Argosy.Payment.Domain;

/// <summary>The names states are stored and published under.</summary>
internal static class PaymentStateName
{
    private static readonly FrozenDictionary<PaymentState, string> Names =
        Enum.GetValues<PaymentState>().ToFrozenDictionary(state => state, state => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()));

    private static readonly FrozenDictionary<string, PaymentState> States = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(PaymentState state) => Names[state];

    public static PaymentState Parse(string name) => States[name];
}
