using System.Net;
using Argosy.PaymentSimulator.Tests.Support;
using Argosy.Testing;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Stripe;

public sealed class IdempotencyTests(SimulatorFixture fixture)
{
    private readonly Simulator _simulator = fixture.Simulator;

    [Fact]
    public async Task SameKey_SameParameters_RepeatsTheAnswerByteByByte()
    {
        var (key, order) = (NewKey(), NewKey());
        var first = await _simulator.PayAsync(key: key, order: order);

        var second = await _simulator.PayAsync(key: key, order: order);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.StripeResponse.Content, second.StripeResponse.Content);
        Assert.Equal(["true"], second.StripeResponse.Headers.GetValues("Idempotent-Replayed"));
        Assert.Equal([first.StripeResponse.RequestId], second.StripeResponse.Headers.GetValues("Original-Request"));
        Assert.NotEqual(first.StripeResponse.RequestId, second.StripeResponse.RequestId);
        Assert.Equal(key, (await _simulator.Webhooks.ArriveAsync(first.Id))[0].Request.IdempotencyKey);
    }

    [Fact]
    public async Task SameKey_Decline_IsRepeatedWithoutSecondCharge()
    {
        var (key, order) = (NewKey(), NewKey());
        var first = await Refusals.OfAsync(HttpStatusCode.PaymentRequired, _simulator.PayAsync("pm_card_chargeDeclined", key: key, order: order));

        var second = await Refusals.OfAsync(HttpStatusCode.PaymentRequired, _simulator.PayAsync("pm_card_chargeDeclined", key: key, order: order));

        Assert.Equal(first.Charge, second.Charge);
    }

    [Fact]
    public async Task SameKey_OtherParametersOrOtherCall_IsAnIdempotencyError()
    {
        var (key, order) = (NewKey(), NewKey());
        var intent = await _simulator.PayAsync(key: key, order: order);

        var parameters = await Refusals.OfAsync(HttpStatusCode.BadRequest, _simulator.PayAsync(amount: 2000, key: key, order: order));
        var call = await Refusals.OfAsync(HttpStatusCode.BadRequest, _simulator.Intents.CaptureAsync(intent.Id, null, new RequestOptions { IdempotencyKey = key }));

        Assert.Equal(("idempotency_error", "idempotency_error"), (parameters.Type, call.Type));
        Assert.Equal("requires_capture", (await _simulator.Intents.GetAsync(intent.Id)).Status);
    }

    [Fact]
    public async Task SameKey_WhileTheFirstIsBeingExecuted_IsInUse()
    {
        var (key, order) = (NewKey(), NewKey());
        // Stripe's client repeats what was refused because the key is in use; the other call below may come first.
        var first = _simulator.PayAsync("pm_sim_slow", key: key, order: order, client: _simulator.NewClient(retries: 5));

        StripeError? error = null;
        await Eventually.HoldsAsync("the key is in use", async () =>
        {
            try
            {
                // Other parameters: should it come before the first, it must not take its place.
                await _simulator.Intents.CreateAsync(new() { Amount = 1 }, new RequestOptions { IdempotencyKey = key });
            }
            catch (StripeException refusal)
            {
                error = refusal.StripeError;
            }
            return error?.Code == "idempotency_key_in_use";
        });

        Assert.Equal((await first).Id, (await _simulator.PayAsync("pm_sim_slow", key: key, order: order)).Id);
    }

    [Fact]
    public async Task SameKey_ManyAtOnce_PayOnce()
    {
        var (key, order) = (NewKey(), NewKey());

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                return (await _simulator.PayAsync(key: key, order: order)).Id;
            }
            catch (StripeException refusal) when (refusal.StripeError.Code == "idempotency_key_in_use")
            {
                return null;
            }
        }));

        Assert.Single(ids.OfType<string>().Distinct());
        Assert.Equal(0, (await _simulator.AuditAsync())["ordersChargedTwice"]!.GetValue<int>());
    }

    [Fact]
    public async Task TimeOutAfterCharge_Repeated_IsAnsweredAtOnceWithTheOneCharge()
    {
        var (key, order) = (NewKey(), NewKey());
        var hurried = _simulator.NewClient(patience: TimeSpan.FromSeconds(2));
        await Assert.ThrowsAnyAsync<Exception>(() => _simulator.PayAsync("pm_sim_timeoutAfterCharge", key: key, order: order, client: hurried));

        var intent = await _simulator.PayAsync("pm_sim_timeoutAfterCharge", key: key, order: order, client: _simulator.NewClient(patience: TimeSpan.FromSeconds(20)));

        Assert.Equal("requires_capture", intent.Status);
        Assert.Equal(["true"], intent.StripeResponse.Headers.GetValues("Idempotent-Replayed"));
        Assert.Single(await _simulator.Webhooks.ArriveAsync(intent.Id));
        Assert.Equal(0, (await _simulator.AuditAsync())["ordersChargedTwice"]!.GetValue<int>());
    }

    private static string NewKey() => Guid.NewGuid().ToString();
}
