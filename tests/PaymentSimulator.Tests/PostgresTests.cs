using System.Net;
using Argosy.PaymentSimulator.Tests.Support;
using Argosy.Testing;
using Stripe;

namespace Argosy.PaymentSimulator.Tests;

public sealed class PostgresTests
{
    [Fact]
    public async Task Payments_OnPostgres_LiveAsOnSqlite()
    {
        if (PostgresServer.Missing is { } missing)
            Assert.Skip(missing);
        await using var server = await PostgresServer.StartAsync();
        await using var simulator = await Simulator.OpenAsync(server.CreateDatabase());
        await simulator.SetAsync(new { slowMilliseconds = 1 });
        var attempts = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                return await simulator.PayAsync(key: "once", order: "1");
            }
            catch (StripeException refusal) when (refusal.StripeError.Code == "idempotency_key_in_use")
            {
                return null;
            }
        }));
        var intent = Assert.Single(attempts.OfType<PaymentIntent>().DistinctBy(paid => paid.Id));

        await simulator.Intents.CaptureAsync(intent.Id, new() { AmountToCapture = 1500 });
        await simulator.Refunds.CreateAsync(new() { PaymentIntent = intent.Id });
        var declined = await Refusals.OfAsync(HttpStatusCode.PaymentRequired, simulator.PayAsync("pm_card_chargeDeclined"));
        var asked = await simulator.PayAsync("pm_card_threeDSecure2Required");
        using (var answer = await simulator.SendAsync(HttpMethod.Post, $"api/payments/challenges/{asked.Id}?secret={asked.ClientSecret}", new { outcome = "approve" }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        simulator.Process.Kill();
        await simulator.Process.StartAsync();
        await simulator.Intents.CancelAsync(asked.Id);

        Assert.Equal(
            ["payment_intent.amount_capturable_updated", "payment_intent.succeeded", "refund.created", "charge.refunded"],
            (await simulator.Webhooks.ArriveAsync(intent.Id, 4)).DistinctBy(item => item.Id).Select(item => item.Type));
        await simulator.Webhooks.ArriveAsync(declined.PaymentIntent.Id);
        await simulator.Webhooks.ArriveAsync(asked.Id, 3);
        Assert.Equal([asked.Id, declined.PaymentIntent.Id, intent.Id], (await simulator.Intents.ListAsync(new() { Limit = 100 })).Select(item => item.Id));
        await Eventually.HoldsAsync("all is delivered", async () => (await simulator.AuditAsync())["webhooksPending"]!.GetValue<int>() == 0);
        Assert.Equal(
            """{"intents":{"canceled":1,"requires_payment_method":1,"succeeded":1},"authorized":0,"captured":1500,"refunded":1500,"ordersChargedTwice":0,"webhooksPending":0}""",
            Sorted(await simulator.AuditAsync()));
    }

    private static string Sorted(System.Text.Json.Nodes.JsonNode audit)
    {
        audit["intents"] = new System.Text.Json.Nodes.JsonObject(audit["intents"]!.AsObject().OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
        return audit.ToJsonString();
    }
}
