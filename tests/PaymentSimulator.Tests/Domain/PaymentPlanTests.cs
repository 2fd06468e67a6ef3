using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Tests.Domain;

public sealed class PaymentPlanTests
{
    [Theory]
    [InlineData("pm_card_visa", "Slow", false, null, 2000, 0)]
    [InlineData("pm_card_visa", "TimeOutAfterCharge", false, null, 0, 30000)]
    [InlineData("pm_card_visa", "RequireAction", true, null, 0, 0)]
    [InlineData("pm_card_visa", "Decline", false, "generic_decline", 0, 0)]
    [InlineData("pm_sim_webhookTwice", "Decline", false, "generic_decline", 0, 0)]
    [InlineData("pm_sim_slow", "Decline", false, null, 2000, 0)]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "Slow", false, "insufficient_funds", 0, 0)]
    [InlineData("pm_card_threeDSecure2Required", "Decline", true, null, 0, 0)]
    [InlineData("pm_card_threeDSecureRequiredChargeDeclined", "Normal", true, "generic_decline", 0, 0)]
    public void Plan_OfMethodAndSettings_MethodWins(string method, string answer, bool ask, string? decline, int pause, int holdBack)
    {
        var plan = PaymentPlan.For(TestPaymentMethods.Find(method)!, new SimulatorSettings(Enum.Parse<AnswerBehaviour>(answer)));

        Assert.Equal((ask, decline, pause, holdBack), (plan.Ask, plan.Decline?.DeclineCode, (int)plan.Pause.TotalMilliseconds, (int)plan.HoldBack.TotalMilliseconds));
    }

    [Fact]
    public void Plan_TimeOutOfNothing_HasNoAnswer()
    {
        var plan = PaymentPlan.For(TestPaymentMethods.Find("pm_card_visa")!, new SimulatorSettings(AnswerBehaviour.TimeOutAfterCharge, TimeOutMilliseconds: 0));

        Assert.Equal(Timeout.InfiniteTimeSpan, plan.HoldBack);
    }
}
