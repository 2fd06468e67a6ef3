using System.Net;
using Argosy.PaymentSimulator.Tests.Support;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Features;

public sealed class PaymentIntentTests(SimulatorFixture fixture)
{
    private readonly Simulator _simulator = fixture.Simulator;

    [Theory]
    [InlineData("pm_card_visa", "visa")]
    [InlineData("pm_card_mastercard", "mastercard")]
    [InlineData("pm_card_amex", "amex")]
    public async Task Create_ManualCapture_HoldsTheMoney(string method, string brand)
    {
        var order = Guid.CreateVersion7().ToString();
        var intent = await _simulator.PayAsync(method, order: order);

        Assert.StartsWith("pi_", intent.Id);
        Assert.Equal(("requires_capture", 1999, 1999, 0), (intent.Status, intent.Amount, intent.AmountCapturable, intent.AmountReceived));
        Assert.Equal(("eur", "manual", "Order A-1", order), (intent.Currency, intent.CaptureMethod, intent.Description, intent.Metadata["order_id"]));
        Assert.StartsWith($"{intent.Id}_secret_", intent.ClientSecret);
        Assert.StartsWith("pm_", intent.PaymentMethodId);
        Assert.False(intent.Livemode);
        Assert.Null(intent.NextAction);
        Assert.InRange(intent.Created, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
        var charge = await new ChargeService(_simulator.Client).GetAsync(intent.LatestChargeId);
        Assert.Equal((intent.Id, true, false, 1999, 0), (charge.PaymentIntentId, charge.Paid, charge.Captured, charge.Amount, charge.AmountCaptured));
        Assert.Equal(brand, charge.PaymentMethodDetails.Card.Brand);
        Assert.Equal(order, charge.Metadata["order_id"]);
    }

    [Fact]
    public async Task Create_AutomaticCapture_TakesTheMoney()
    {
        var intent = await _simulator.PayAsync(captureMethod: "automatic");

        Assert.Equal(("succeeded", 1999, 0), (intent.Status, intent.AmountReceived, intent.AmountCapturable));
        Assert.Equal(["payment_intent.succeeded"], (await _simulator.Webhooks.ArriveAsync(intent.Id)).Select(item => item.Type));
    }

    [Fact]
    public async Task Create_InSteps_WaitsForMethodAndConfirmation()
    {
        var intent = await _simulator.Intents.CreateAsync(Simulator.Options(method: null, confirm: false));
        Assert.Equal("requires_payment_method", intent.Status);
        await Refusals.UnexpectedStateAsync(_simulator, intent, _simulator.Intents.ConfirmAsync(intent.Id, new() { ReturnUrl = Simulator.ReturnUrl }));

        var ready = await _simulator.Intents.CreateAsync(Simulator.Options(confirm: false));
        Assert.Equal("requires_confirmation", ready.Status);

        var confirmed = await _simulator.Intents.ConfirmAsync(ready.Id, new() { PaymentMethod = ready.PaymentMethodId, ReturnUrl = Simulator.ReturnUrl });
        Assert.Equal("requires_capture", confirmed.Status);
        Assert.Equal("requires_capture", (await _simulator.Intents.ConfirmAsync(intent.Id, new() { PaymentMethod = "pm_card_visa", ReturnUrl = Simulator.ReturnUrl })).Status);
    }

    [Theory]
    [InlineData(null, 1999)]
    [InlineData(700L, 700)]
    public async Task Capture_AllOrPart_TakesItAndReleasesTheRest(long? amount, long received)
    {
        var intent = await _simulator.PayAsync();

        var captured = await _simulator.Intents.CaptureAsync(intent.Id, new() { AmountToCapture = amount, Expand = ["latest_charge"] });

        Assert.Equal(("succeeded", received, 0), (captured.Status, captured.AmountReceived, captured.AmountCapturable));
        Assert.Equal((true, received), (captured.LatestCharge.Captured, captured.LatestCharge.AmountCaptured));
        var events = await _simulator.Webhooks.ArriveAsync(intent.Id, 2);
        Assert.Equal(["payment_intent.amount_capturable_updated", "payment_intent.succeeded"], events.Select(item => item.Type));
        Assert.Equal(received, ((PaymentIntent)events[1].Data.Object).AmountReceived);
    }

    [Fact]
    public async Task Capture_MoreThanHeld_IsRefused()
    {
        var intent = await _simulator.PayAsync();

        var error = await Refusals.OfAsync(HttpStatusCode.BadRequest, _simulator.Intents.CaptureAsync(intent.Id, new() { AmountToCapture = 2000 }));

        Assert.Equal("amount_too_large", error.Code);
        Assert.Equal("requires_capture", (await _simulator.Intents.GetAsync(intent.Id)).Status);
    }

    [Fact]
    public async Task Cancel_HeldMoney_ReleasesIt()
    {
        var intent = await _simulator.PayAsync();

        var canceled = await _simulator.Intents.CancelAsync(intent.Id, new() { CancellationReason = "requested_by_customer" });

        Assert.Equal(("canceled", "requested_by_customer", 0), (canceled.Status, canceled.CancellationReason, canceled.AmountCapturable));
        Assert.NotNull(canceled.CanceledAt);
        Assert.Equal("payment_intent.canceled", (await _simulator.Webhooks.ArriveAsync(intent.Id, 2))[1].Type);
    }

    [Fact]
    public async Task IllegalMoves_OfEachStatus_AreRefusedAndChangeNothing()
    {
        var intents = _simulator.Intents;
        var canceled = await intents.CancelAsync((await _simulator.PayAsync()).Id);
        var succeeded = await _simulator.PayAsync(captureMethod: "automatic");
        var held = await _simulator.PayAsync();
        var waiting = await _simulator.PayAsync("pm_card_threeDSecure2Required");
        foreach (var intent in new[] { canceled, succeeded, waiting })
            await Refusals.UnexpectedStateAsync(_simulator, intent, intents.CaptureAsync(intent.Id));
        foreach (var intent in new[] { canceled, succeeded })
            await Refusals.UnexpectedStateAsync(_simulator, intent, intents.CancelAsync(intent.Id));
        foreach (var intent in new[] { canceled, succeeded, held })
            await Refusals.UnexpectedStateAsync(_simulator, intent, intents.ConfirmAsync(intent.Id, new() { PaymentMethod = "pm_card_visa" }));
    }

    [Fact]
    public async Task List_WithLimit_GivesTheNewestAndGoesOn()
    {
        var first = await _simulator.PayAsync();
        var second = await _simulator.PayAsync();

        var seen = new List<string>();
        await foreach (var intent in _simulator.Intents.ListAutoPagingAsync(new() { Limit = 1 }))
        {
            seen.Add(intent.Id);
            if (intent.Id == first.Id)
                break;
        }

        Assert.True(seen.IndexOf(second.Id) >= 0 && seen.IndexOf(second.Id) < seen.Count - 1);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task UnknownObjects_AreMissing()
    {
        var intents = _simulator.Intents;
        foreach (var call in new[] { intents.GetAsync("pi_no"), intents.CaptureAsync("pi_no"), intents.CancelAsync("pi_no"), intents.ConfirmAsync("pi_no") })
            Assert.Equal("resource_missing", (await Refusals.OfAsync(HttpStatusCode.NotFound, call)).Code);
        Assert.Equal("resource_missing", (await Refusals.OfAsync(HttpStatusCode.NotFound, _simulator.Refunds.GetAsync("re_no"))).Code);
        var error = await Refusals.OfAsync(HttpStatusCode.BadRequest, _simulator.PayAsync("pm_card_unheardOf"));
        Assert.Equal(("resource_missing", "payment_method", "No such PaymentMethod: 'pm_card_unheardOf'"), (error.Code, error.Param, error.Message));
    }

    [Theory]
    [InlineData(null, "eur", "parameter_missing", "amount")]
    [InlineData(1999L, null, "parameter_missing", "currency")]
    [InlineData(0L, "eur", "parameter_invalid_integer", "amount")]
    [InlineData(-5L, "eur", "parameter_invalid_integer", "amount")]
    [InlineData(100_000_000L, "eur", "amount_too_large", "amount")]
    [InlineData(1999L, "euro", null, "currency")]
    public async Task Create_WrongParameters_AreRefused(long? amount, string? currency, string? code, string param)
    {
        var error = await Refusals.OfAsync(HttpStatusCode.BadRequest, _simulator.Intents.CreateAsync(new() { Amount = amount, Currency = currency }));

        Assert.Equal((code, param, "invalid_request_error"), (error.Code, error.Param, error.Type));
    }
}
