using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Xunit;

namespace Argosy.EndToEnd;

/// <summary>What each card leads to, and what a gateway can do wrong.</summary>
[Collection(OneStoreForAll.Name)]
public sealed class PaymentTests(SharedStore shared)
{
    private readonly Store _store = shared.Store;
    private readonly PaymentBooks _books = new(shared.Store);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Card_Accepted_IsAuthorizedAtOnceAndCapturedAtShipment()
    {
        using var shopper = new Shopper(_store);
        var id = await OrderAsync(shopper, "pm_card_visa");
        Assert.Equal("confirmed", await shopper.SettledAsync(id));
        Assert.Equal("authorized", _books.StateOf(id));

        using var desk = _store.Operator();
        using var shipment = await desk.PostAsJsonAsync($"/api/orders/{id}/shipments", new { carrier = "DHL", trackingNumber = "0034" }, Ct);
        Assert.Equal(HttpStatusCode.Accepted, shipment.StatusCode);

        await shopper.BecomesAsync(id, "shipped");
        Assert.Equal("captured", _books.StateOf(id));
        Assert.Equal(1, _books.ChargesOf(id));
        await HasMailsAsync(shopper, id, "submitted", "confirmed", "shipped");
    }

    [Theory]
    [InlineData("pm_card_chargeDeclined")]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds")]
    public async Task Card_Declined_CancelsTheOrderReleasesItsStockAndTellsTheCustomerOnce(string token)
    {
        using var shopper = new Shopper(_store);
        var sku = (await shopper.SkusAsync(12))[11];
        var before = await AvailableAsync(shopper, sku);
        await shopper.PutAsync(sku, 2);
        var id = await shopper.OrderAsync(token: token);

        Assert.Equal("cancelled", await shopper.SettledAsync(id));

        Assert.Equal("payment-declined", (await shopper.GetOrderAsync(id)).GetProperty("cancelReason").GetString());
        Assert.Equal(before, await AvailableAsync(shopper, sku));
        Assert.Equal(0, _books.ChargesOf(id));
        await HasMailsAsync(shopper, id, "submitted", "cancelled");
    }

    [Fact]
    public async Task ThreeDSecure_Approved_ConfirmsTheOrder()
    {
        using var shopper = new Shopper(_store);
        var id = await OrderAsync(shopper, "pm_card_threeDSecure2Required");
        await shopper.AnswerBankAsync(id, "approve");
        Assert.Equal("confirmed", await shopper.SettledAsync(id));
        Assert.Equal(JsonValueKind.Null, (await shopper.GetOrderAsync(id)).GetProperty("nextAction").ValueKind);
        await HasMailsAsync(shopper, id, "submitted", "awaiting-payment-action", "confirmed");
    }

    [Fact]
    public async Task ThreeDSecure_Declined_CancelsTheOrder()
    {
        using var shopper = new Shopper(_store);
        var id = await OrderAsync(shopper, "pm_card_threeDSecure2Required");
        await shopper.AnswerBankAsync(id, "decline");
        Assert.Equal("cancelled", await shopper.SettledAsync(id));
        Assert.Equal(0, _books.ChargesOf(id));
    }

    [Fact]
    public async Task Webhook_NeverComes_OrderAsksTheGatewayItself()
    {
        using var shopper = new Shopper(_store);
        var id = await OrderAsync(shopper, "pm_sim_threeDSecureWebhookNever");
        await shopper.AnswerBankAsync(id, "approve");
        Assert.Equal("confirmed", await shopper.SettledAsync(id));
        Assert.Equal(1, _books.ChargesOf(id));
    }

    [Theory]
    [InlineData("pm_sim_webhookTwice")]
    [InlineData("pm_sim_webhookLate")]
    [InlineData("pm_sim_webhookNever")]
    [InlineData("pm_sim_slow")]
    public async Task Gateway_Unreliable_ChargesOnceAndTellsOnce(string token)
    {
        using var shopper = new Shopper(_store);
        var id = await OrderAsync(shopper, token);
        Assert.Equal("confirmed", await shopper.SettledAsync(id));
        Assert.Equal(1, _books.ChargesOf(id));
        await HasMailsAsync(shopper, id, "submitted", "confirmed");
    }

    [Fact]
    public async Task Gateway_TimesOutAfterCharging_ChargesOnce()
    {
        using var shopper = new Shopper(_store);
        var id = await OrderAsync(shopper, "pm_sim_timeoutAfterCharge");
        Assert.Equal("confirmed", await shopper.SettledAsync(id));
        Assert.Equal(1, _books.ChargesOf(id));
        Assert.Equal("authorized", _books.StateOf(id));
    }

    [Fact]
    public async Task Webhook_Forged_IsRefusedAndChangesNothing()
    {
        using var shopper = new Shopper(_store);
        var id = await OrderAsync(shopper, "pm_card_threeDSecure2Required");
        await shopper.BecomesAsync(id, "awaiting-payment-action");
        var body = JsonSerializer.Serialize(new
        {
            id = "evt_forged",
            @object = "event",
            type = "payment_intent.amount_capturable_updated",
            data = new { @object = new { @object = "payment_intent", status = "requires_capture", metadata = new { order_id = id } } },
        });
        using var stranger = _store.Client();
        foreach (var signature in new[] { Sign(body, "whsec_guessed"), "t=1,v1=00", "" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/payments/webhooks/stripe") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
            using var answer = await stranger.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
        Assert.Equal("requires-action", _books.StateOf(id));
        await shopper.AnswerBankAsync(id, "decline");
        Assert.Equal("cancelled", await shopper.SettledAsync(id));
    }

    [Fact]
    public async Task Mailbox_OfAnotherGuest_IsEmpty()
    {
        using var shopper = new Shopper(_store);
        var id = await OrderAsync(shopper, "pm_card_visa");
        await shopper.SettledAsync(id);
        await HasMailsAsync(shopper, id, "submitted", "confirmed");
        using var stranger = new Shopper(_store);
        Assert.Empty(await stranger.MailsAsync(id));
    }

    private static async Task<Guid> OrderAsync(Shopper shopper, string token)
    {
        await shopper.PutAsync((await shopper.SkusAsync(11))[10], 1);
        return await shopper.OrderAsync(token: token);
    }

    private static async Task HasMailsAsync(Shopper shopper, Guid id, params string[] steps)
    {
        IReadOnlyList<string> mails = [];
        await Eventually.HoldsAsync($"{steps.Length} mails about order {id} have been sent", async () => (mails = await shopper.MailsAsync(id)).Count >= steps.Length);
        Assert.Equal(steps.Order(), mails.Order());
    }

    private static async Task<int> AvailableAsync(Shopper shopper, string sku) =>
        (await shopper.Http.GetFromJsonAsync<JsonElement>($"/api/inventory/{sku}", Ct)).GetProperty("available").GetInt32();

    private static string Sign(string body, string secret)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")))}";
    }
}
