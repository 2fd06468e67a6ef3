using System.Net;
using Argosy.PaymentSimulator.Tests.Support;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Features;

public sealed class DeclineTests(SimulatorFixture fixture)
{
    private readonly Simulator _simulator = fixture.Simulator;

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "card_declined", "generic_decline")]
    [InlineData("pm_card_chargeDeclined", "card_declined", "generic_decline")]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card")]
    [InlineData("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card")]
    [InlineData("pm_card_chargeDeclinedFraudulent", "card_declined", "fraudulent")]
    [InlineData("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card", null)]
    [InlineData("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", null)]
    [InlineData("pm_card_chargeDeclinedProcessingError", "processing_error", null)]
    public async Task Create_DecliningCard_IsACardError(string method, string code, string? declineCode)
    {
        var error = await Refusals.OfAsync(HttpStatusCode.PaymentRequired, _simulator.PayAsync(method));

        Assert.Equal(("card_error", code, declineCode), (error.Type, error.Code, error.DeclineCode));
        Assert.Equal("requires_payment_method", error.PaymentIntent.Status);
        Assert.Equal(code, error.PaymentIntent.LastPaymentError.Code);
        Assert.Null(error.PaymentIntent.PaymentMethodId);
        var charge = await new ChargeService(_simulator.Client).GetAsync(error.Charge);
        Assert.Equal(("failed", code, error.PaymentIntent.Id), (charge.Status, charge.FailureCode, charge.PaymentIntentId));
        var told = Assert.Single(await _simulator.Webhooks.ArriveAsync(error.PaymentIntent.Id));
        Assert.Equal("payment_intent.payment_failed", told.Type);
        Assert.Equal(declineCode, ((PaymentIntent)told.Data.Object).LastPaymentError.DeclineCode);
    }

    [Fact]
    public async Task Confirm_AfterDeclineWithAnotherCard_Succeeds()
    {
        var declined = (await Refusals.OfAsync(HttpStatusCode.PaymentRequired, _simulator.PayAsync("pm_card_chargeDeclined"))).PaymentIntent;

        var intent = await _simulator.Intents.ConfirmAsync(declined.Id, new() { PaymentMethod = "pm_card_visa" });

        Assert.Equal("requires_capture", intent.Status);
        Assert.Null(intent.LastPaymentError);
        Assert.NotEqual(declined.LatestChargeId, intent.LatestChargeId);
    }

    [Fact]
    public async Task Create_OffSessionWithCardThatAsks_IsDeclined()
    {
        var options = Simulator.Options("pm_card_authenticationRequired");
        options.OffSession = true;

        var error = await Refusals.OfAsync(HttpStatusCode.PaymentRequired, _simulator.Intents.CreateAsync(options));

        Assert.Equal(("authentication_required", "requires_payment_method"), (error.Code, error.PaymentIntent.Status));
    }
}
