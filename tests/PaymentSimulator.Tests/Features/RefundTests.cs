using System.Net;
using Argosy.PaymentSimulator.Tests.Support;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Features;

public sealed class RefundTests(SimulatorFixture fixture)
{
    private readonly Simulator _simulator = fixture.Simulator;

    [Fact]
    public async Task Refund_InParts_GivesBackWhatWasCapturedAndNoMore()
    {
        var intent = await _simulator.PayAsync(captureMethod: "automatic");

        var part = await _simulator.Refunds.CreateAsync(new() { PaymentIntent = intent.Id, Amount = 500, Reason = "requested_by_customer" });
        Assert.Equal((500, "succeeded", "eur", intent.Id, intent.LatestChargeId), (part.Amount, part.Status, part.Currency, part.PaymentIntentId, part.ChargeId));
        Assert.StartsWith("re_", part.Id);
        var tooMuch = await Refusals.OfAsync(HttpStatusCode.BadRequest, _simulator.Refunds.CreateAsync(new() { PaymentIntent = intent.Id, Amount = 1500 }));
        Assert.Equal("amount_too_large", tooMuch.Code);
        var rest = await _simulator.Refunds.CreateAsync(new() { PaymentIntent = intent.Id });
        Assert.Equal(1499, rest.Amount);
        var again = await Refusals.OfAsync(HttpStatusCode.BadRequest, _simulator.Refunds.CreateAsync(new() { PaymentIntent = intent.Id }));
        Assert.Equal("charge_already_refunded", again.Code);

        Assert.Equal(500, (await _simulator.Refunds.GetAsync(part.Id)).Amount);
        Assert.Equal([rest.Id, part.Id], (await _simulator.Refunds.ListAsync(new() { PaymentIntent = intent.Id })).Select(refund => refund.Id));
        var charge = await new ChargeService(_simulator.Client).GetAsync(intent.LatestChargeId);
        Assert.Equal((true, 1999), (charge.Refunded, charge.AmountRefunded));
        var events = await _simulator.Webhooks.ArriveAsync(intent.Id, 5);
        Assert.Equal(["payment_intent.succeeded", "refund.created", "charge.refunded", "refund.created", "charge.refunded"], events.Select(item => item.Type));
        Assert.Equal([500, 1999], events.Select(item => item.Data.Object).OfType<Charge>().Select(told => told.AmountRefunded));
    }

    [Fact]
    public async Task Refund_OfMoneyOnlyHeld_IsRefused()
    {
        var intent = await _simulator.PayAsync();

        var error = await Refusals.OfAsync(HttpStatusCode.BadRequest, _simulator.Refunds.CreateAsync(new() { PaymentIntent = intent.Id }));

        Assert.Equal("invalid_request_error", error.Type);
        Assert.Equal("requires_capture", (await _simulator.Intents.GetAsync(intent.Id)).Status);
    }

    [Fact]
    public async Task Refund_ManyAtOnce_NeverExceedWhatWasCaptured()
    {
        var intent = await _simulator.PayAsync(captureMethod: "automatic", amount: 1000);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return (await _simulator.Refunds.CreateAsync(new() { PaymentIntent = intent.Id, Amount = 300 })).Amount;
            }
            catch (StripeException refusal) when (refusal.StripeError.Code is "amount_too_large" or "lock_timeout")
            {
                return 0;
            }
        }));

        var charge = await new ChargeService(_simulator.Client).GetAsync(intent.LatestChargeId);
        Assert.Equal(outcomes.Sum(), charge.AmountRefunded);
        Assert.InRange(charge.AmountRefunded, 300, 900);
    }
}
