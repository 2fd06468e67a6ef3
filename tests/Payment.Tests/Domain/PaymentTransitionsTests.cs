using System.Text.Json;
using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;

namespace Argosy.Payment.Tests.Domain;

public sealed class PaymentTransitionsTests
{
    /// <summary>The life of a payment in the words of the specification, written independently of the table under test.</summary>
    private const string Specification = """
        pending         --require-action--> requires-action
        pending         --authorize-->      authorized
        pending         --decline-->        declined
        pending         --void-->           voided
        requires-action --authorize-->      authorized
        requires-action --decline-->        declined
        requires-action --void-->           voided
        authorized      --capture-->        captured
        authorized      --void-->           voided
        captured        --refund-->         refunded
        """;

    private static readonly Dictionary<(string, string), string> Expected = Specification
        .Split('\n')
        .Select(line => line.Split(["--", ">", " "], StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(words => (words[0], words[1]), words => words[2]);

    public static TheoryData<string, string> EveryPair() =>
        new(from state in Enum.GetValues<PaymentState>()
            from trigger in Enum.GetValues<PaymentTrigger>()
            select (PaymentStateName.Of(state), Kebab(trigger)));

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Next_EveryPair_FollowsTheSpecification(string state, string trigger)
    {
        var next = PaymentTransitions.Next(PaymentStateName.Parse(state), Enum.GetValues<PaymentTrigger>().Single(value => Kebab(value) == trigger));

        Assert.Equal(Expected.GetValueOrDefault((state, trigger)), next is null ? null : PaymentStateName.Of(next.Value));
    }

    private static string Kebab(PaymentTrigger trigger) => JsonNamingPolicy.KebabCaseLower.ConvertName(trigger.ToString());
}
