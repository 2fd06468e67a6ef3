using Argosy.PaymentSimulator.Tests.Support;
using Argosy.Testing;
using Microsoft.AspNetCore.Http;
using Stripe;

namespace Argosy.PaymentSimulator.Tests;

public sealed class CrashTests
{
    [Fact]
    public async Task KilledBetweenChargeAndAnswer_RepetitionFindsTheOneChargeAndWebhooksStillArrive()
    {
        await using var simulator = await Simulator.OpenAsync();
        simulator.Webhooks.Status = StatusCodes.Status500InternalServerError;
        var unanswered = simulator.PayAsync("pm_sim_timeoutAfterCharge", key: "once", order: "1");
        await Eventually.HoldsAsync("the charge is made", async () => (await simulator.AuditAsync())["authorized"]!.GetValue<long>() == 1999);
        simulator.Process.Kill();
        await Assert.ThrowsAnyAsync<Exception>(() => unanswered);
        simulator.Webhooks.Status = StatusCodes.Status200OK;

        await simulator.Process.StartAsync();

        var intent = await simulator.PayAsync("pm_sim_timeoutAfterCharge", key: "once", order: "1");
        Assert.Equal(["true"], intent.StripeResponse.Headers.GetValues("Idempotent-Replayed"));
        Assert.Equal("payment_intent.amount_capturable_updated", Assert.Single(await simulator.Webhooks.ArriveAsync(intent.Id)).Type);
        var audit = await simulator.AuditAsync();
        Assert.Equal((1999, 0), (audit["authorized"]!.GetValue<long>(), audit["ordersChargedTwice"]!.GetValue<int>()));
    }

    [Fact]
    public async Task KilledUnderLoad_EveryOrderIsChargedOnceAndTold()
    {
        const int Orders = 120;
        await using var simulator = await Simulator.OpenAsync();
        var first = Enumerable.Range(0, Orders).Select(order => TryPayAsync(simulator, order)).ToList();
        await Eventually.HoldsAsync("some are paid", async () => (await simulator.AuditAsync())["authorized"]!.GetValue<long>() > 0);

        simulator.Process.Kill();
        await Task.WhenAll(first);
        await simulator.Process.StartAsync();
        var intents = await Task.WhenAll(Enumerable.Range(0, Orders).Select(order => TryPayAsync(simulator, order)));

        Assert.All(intents, intent => Assert.Equal("requires_capture", intent?.Status));
        foreach (var intent in intents)
            await simulator.Webhooks.ArriveAsync(intent!.Id);
        var audit = await simulator.AuditAsync();
        Assert.Equal(Orders * 1999, audit["authorized"]!.GetValue<long>());
        Assert.Equal(0, audit["ordersChargedTwice"]!.GetValue<int>());
        Assert.Equal(Orders, audit["intents"]!["requires_capture"]!.GetValue<int>());
    }

    private static async Task<PaymentIntent?> TryPayAsync(Simulator simulator, int order)
    {
        try
        {
            return await simulator.PayAsync(key: $"{order}:authorize", order: $"{order}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
