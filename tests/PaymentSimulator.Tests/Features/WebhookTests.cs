using Argosy.PaymentSimulator.Tests.Support;
using Argosy.Testing;
using Microsoft.AspNetCore.Http;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Features;

/// <summary>The receiver verifies each signature, and the API version, with Stripe's own code.</summary>
public sealed class WebhookTests(SimulatorFixture fixture)
{
    private readonly Simulator _simulator = fixture.Simulator;

    [Fact]
    public async Task Event_Delivered_IsTheOneTheApiKnows()
    {
        var intent = await _simulator.PayAsync();
        var told = (await _simulator.Webhooks.ArriveAsync(intent.Id))[0];
        var events = new EventService(_simulator.Client);

        var known = await events.GetAsync(told.Id);

        Assert.Equal((told.Id, told.Type, told.Created, StripeConfiguration.ApiVersion), (known.Id, known.Type, known.Created, known.ApiVersion));
        Assert.Equal(intent.Id, ((PaymentIntent)known.Data.Object).Id);
        Assert.Equal(intent.StripeResponse.RequestId, known.Request.Id);
        Assert.Contains(await events.ListAsync(new() { Type = told.Type, Limit = 100 }), item => item.Id == told.Id);
        Assert.DoesNotContain(await events.ListAsync(new() { Types = ["charge.refunded"], Limit = 100 }), item => item.Id == told.Id);
    }

    [Fact]
    public async Task WebhookTwice_DeliversTheSameEventTwice()
    {
        var intent = await _simulator.PayAsync("pm_sim_webhookTwice");
        await _simulator.Intents.CaptureAsync(intent.Id);

        var events = await _simulator.Webhooks.ArriveAsync(intent.Id, 4);

        Assert.Equal(
            ["payment_intent.amount_capturable_updated", "payment_intent.amount_capturable_updated", "payment_intent.succeeded", "payment_intent.succeeded"],
            events.Select(item => item.Type));
        Assert.Equal(2, events.Select(item => item.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("pm_sim_webhookNever", "requires_capture")]
    [InlineData("pm_sim_threeDSecureWebhookNever", "requires_action")]
    public async Task WebhookNever_OnlyTheApiTells(string method, string status)
    {
        var silent = await _simulator.PayAsync(method);
        var told = await _simulator.PayAsync();

        await _simulator.Webhooks.ArriveAsync(told.Id);

        Assert.Empty(_simulator.Webhooks.Of(silent.Id));
        Assert.Equal(status, (await _simulator.Intents.GetAsync(silent.Id)).Status);
        Assert.Contains(await new EventService(_simulator.Client).ListAsync(new() { Limit = 100 }), item => (item.Data.Object as PaymentIntent)?.Id == silent.Id);
    }

    [Fact]
    public async Task Refused_EventsAreRepeatedInOrderUntilTaken()
    {
        await using var simulator = await Simulator.OpenAsync();
        simulator.Webhooks.Status = StatusCodes.Status503ServiceUnavailable;
        var intent = await simulator.PayAsync();
        await simulator.Intents.CaptureAsync(intent.Id);
        await simulator.Refunds.CreateAsync(new() { PaymentIntent = intent.Id });
        await Eventually.HoldsAsync("deliveries were refused", () => simulator.Webhooks.Refused > 1);

        simulator.Webhooks.Status = StatusCodes.Status200OK;

        var events = await simulator.Webhooks.ArriveAsync(intent.Id, 4);
        Assert.Equal(["payment_intent.amount_capturable_updated", "payment_intent.succeeded", "refund.created", "charge.refunded"], events.Select(item => item.Type));
        await Eventually.HoldsAsync("all is delivered", async () => (await simulator.AuditAsync())["webhooksPending"]!.GetValue<int>() == 0);
    }
}
