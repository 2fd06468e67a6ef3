using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Tests.Domain;

public sealed class PaymentIntentMoveTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly PaymentPlan Accept = new(Ask: false, Decline: null, TimeSpan.Zero, TimeSpan.Zero);
    private static readonly PaymentPlan Ask = Accept with { Ask = true };

    private static readonly Dictionary<string, Action<PaymentIntent>> Moves = new()
    {
        ["confirm"] = intent => intent.Confirm(Accept, Now),
        ["approve"] = intent => intent.Approve(Now),
        ["decline"] = intent => intent.DeclineChallenge(),
        ["capture"] = intent => intent.Capture(1),
        ["cancel"] = intent => intent.Cancel(null, Now),
    };

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["RequiresPaymentMethod"] = ["cancel"],
        ["RequiresConfirmation"] = ["confirm", "cancel"],
        ["RequiresAction"] = ["confirm", "approve", "decline", "cancel"],
        ["RequiresCapture"] = ["capture", "cancel"],
        ["Succeeded"] = [],
        ["Canceled"] = [],
    };

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var status in Allowed.Keys)
        {
            foreach (var move in Moves.Keys)
                pairs.Add(status, move);
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Move_InEachStatus_IsMadeOrThrows(string status, string move)
    {
        var intent = In(Enum.Parse<IntentStatus>(status));
        var version = intent.Version;

        // Confirming needs a payment method too, which an intent without one does not have.
        if (Allowed[status].Contains(move))
        {
            Moves[move](intent);
            Assert.NotEqual(version, intent.Version);
        }
        else
        {
            Assert.ThrowsAny<Exception>(() => Moves[move](intent));
            Assert.Equal(status, intent.Status.ToString());
        }
    }

    private static PaymentIntent In(IntentStatus status)
    {
        var intent = new PaymentIntent
        {
            Id = "pi_1",
            ClientSecret = "pi_1_secret",
            Amount = 10,
            Currency = "eur",
            CaptureMethod = status == IntentStatus.Succeeded ? "automatic" : "manual",
            Metadata = new Dictionary<string, string>(),
            CreatedAt = Now,
        };
        if (status == IntentStatus.Canceled)
            intent.Cancel(null, Now);
        if (status is IntentStatus.RequiresPaymentMethod or IntentStatus.Canceled)
            return intent;
        intent.Attach(TestPaymentMethods.Find("pm_card_visa")!);
        if (status != IntentStatus.RequiresConfirmation)
            intent.Confirm(status == IntentStatus.RequiresAction ? Ask : Accept, Now);
        return intent;
    }
}
