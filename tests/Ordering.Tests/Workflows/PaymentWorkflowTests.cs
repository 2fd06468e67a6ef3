using System.Net;
using System.Text.Json.Nodes;
using Argosy.Contracts;
using Argosy.Contracts.Payment;
using Argosy.Ordering.Tests.Support;

namespace Argosy.Ordering.Tests.Workflows;

/// <summary>What becomes of an order when its payment is made, refused, slow, or waits for the customer.</summary>
public sealed class PaymentWorkflowTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private const string ThreeDSecure = "pm_card_threeDSecure2Required";

    private readonly string _customer = $"customer-{Guid.NewGuid():N}";
    private readonly string _sku = $"SKU-{Guid.NewGuid():N}";

    private Shop Shop => fixture.Shop;

    [Fact]
    public async Task Payment_Authorized_ConfirmsTheOrderAndCapturesNothing()
    {
        var id = await OrderAsync("pm_card_visa");

        await Shop.BecomesAsync(id, _customer, "confirmed");

        Assert.Equal(["authorize"], Shop.Payments.StepsOf(id));
        var order = await Shop.OrderAsync(id, _customer);
        var request = Shop.Payments.Requests[Guid.Parse(id)];
        Assert.Equal(order["total"]!["amount"]!.GetValue<long>(), request.Amount.Amount);
        Assert.Equal("pm_card_visa", request.PaymentMethod);
        Assert.Equal($"https://shop.example/orders/{id}", request.ReturnUrl);
    }

    [Fact]
    public async Task Payment_Declined_CancelsTheOrderAndReleasesItsStock()
    {
        var id = await OrderAsync("pm_card_chargeDeclined");

        await Shop.BecomesAsync(id, _customer, "cancelled");

        Assert.Equal("payment-declined", (await Shop.OrderAsync(id, _customer))["cancelReason"]!.GetValue<string>());
        Assert.Equal(10, await Shop.AvailableAsync(_sku));
        Assert.Equal(["authorize", "void"], Shop.Payments.StepsOf(id));
    }

    [Fact]
    public async Task Payment_GatewayAwayForAMoment_IsTriedAgain()
    {
        Shop.Payments.Faults = 3;
        var id = await OrderAsync("pm_card_visa");
        await Shop.BecomesAsync(id, _customer, "confirmed");
        Assert.Equal(["authorize"], Shop.Payments.StepsOf(id));
    }

    [Fact]
    public async Task Payment_CustomerActs_NewsConfirmTheOrder()
    {
        var id = await OrderAsync(ThreeDSecure);
        await Shop.BecomesAsync(id, _customer, "awaiting-payment-action");
        var action = (await Shop.OrderAsync(id, _customer))["nextAction"]!;
        Assert.Equal(("redirect", PaymentStandIn.ActionUrl), (action["type"]!.GetValue<string>(), action["url"]!.GetValue<string>()));

        Shop.Payments.Decide(id, PaymentState.Authorized);
        await Shop.PublishAsync(new PaymentAuthorized(id, "pi_1", new Money(1, "EUR"), DateTimeOffset.UtcNow));

        await Shop.BecomesAsync(id, _customer, "confirmed");
        Assert.Null((await Shop.OrderAsync(id, _customer))["nextAction"]);
    }

    [Fact]
    public async Task Payment_CustomerActsAndNewsAreLost_OrderAsksByItself()
    {
        var id = await OrderAsync(ThreeDSecure);
        await Shop.BecomesAsync(id, _customer, "awaiting-payment-action");

        Shop.Payments.Decide(id, PaymentState.Authorized);

        await Shop.BecomesAsync(id, _customer, "confirmed", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Payment_NewsWithoutADecision_ChangeNothing()
    {
        var id = await OrderAsync(ThreeDSecure);
        await Shop.BecomesAsync(id, _customer, "awaiting-payment-action");
        await Shop.PublishAsync(new PaymentAuthorized(id, "pi_1", new Money(1, "EUR"), DateTimeOffset.UtcNow));
        await Shop.PublishAsync(new PaymentFailed(id, "pi_1", "card_declined", DateTimeOffset.UtcNow));

        Shop.Payments.Decide(id, PaymentState.Declined);
        await Shop.PublishAsync(new PaymentFailed(id, "pi_1", "card_declined", DateTimeOffset.UtcNow));

        await Shop.BecomesAsync(id, _customer, "cancelled");
        Assert.Equal("payment-declined", (await Shop.OrderAsync(id, _customer))["cancelReason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Payment_CustomerCancelsInsteadOfActing_VoidsThePayment()
    {
        var id = await OrderAsync(ThreeDSecure);
        await Shop.BecomesAsync(id, _customer, "awaiting-payment-action");

        using (var answer = await Shop.SendAsync(HttpMethod.Post, $"api/orders/{id}/cancel", _customer))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await Shop.BecomesAsync(id, _customer, "cancelled");
        Assert.Equal(PaymentState.Voided, Shop.Payments.StateOf(id));
        Assert.Equal(10, await Shop.AvailableAsync(_sku));
    }

    [Fact]
    public async Task Payment_CustomerNeverActs_TimerCancelsTheOrder()
    {
        await using var shop = await Shop.OpenAsync(settings: new Dictionary<string, string> { ["Ordering__PaymentActionWindow"] = "00:00:02" });
        await shop.StockAsync(_sku, 10);
        shop.Baskets.Fill(_customer, (_sku, 3));
        var id = await shop.SubmitAsync(_customer, token: ThreeDSecure);

        await shop.BecomesAsync(id, _customer, "cancelled");

        Assert.Equal("payment-action-expired", (await shop.OrderAsync(id, _customer))["cancelReason"]!.GetValue<string>());
        Assert.Equal(PaymentState.Voided, shop.Payments.StateOf(id));
        Assert.Equal(10, await shop.AvailableAsync(_sku));
    }

    [Fact]
    public async Task Shipment_ConfirmedOrder_CapturesThePaymentAndTakesTheStockOut()
    {
        var id = await OrderAsync("pm_card_visa");
        await Shop.BecomesAsync(id, _customer, "confirmed");

        using (var answer = await Shop.ShipAsync(id, new { carrier = "DHL", trackingNumber = "0034" }))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await Shop.BecomesAsync(id, _customer, "shipped");
        var order = await Shop.OrderAsync(id, _customer);
        Assert.Equal(("DHL", "0034"), (order["carrier"]!.GetValue<string>(), order["trackingNumber"]!.GetValue<string>()));
        Assert.Equal(["authorize", "capture"], Shop.Payments.StepsOf(id));
        var stock = (await Shop.StockOfAsync(_sku))!;
        Assert.Equal((7, 0, 7), (stock["onHand"]!.GetValue<int>(), stock["reserved"]!.GetValue<int>(), stock["available"]!.GetValue<int>()));
        using (var again = await Shop.ShipAsync(id))
            Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        using var cancel = await Shop.SendAsync(HttpMethod.Post, $"api/orders/{id}/cancel", _customer);
        Assert.Equal(HttpStatusCode.Conflict, cancel.StatusCode);
    }

    [Fact]
    public async Task Shipment_AuthorizationIsGone_CancelsTheOrder()
    {
        var id = await OrderAsync("pm_card_visa");
        await Shop.BecomesAsync(id, _customer, "confirmed");
        Shop.Payments.Decide(id, PaymentState.Voided);

        using (var answer = await Shop.ShipAsync(id))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await Shop.BecomesAsync(id, _customer, "cancelled");
        Assert.Equal("payment-failed", (await Shop.OrderAsync(id, _customer))["cancelReason"]!.GetValue<string>());
        Assert.Equal(10, await Shop.AvailableAsync(_sku));
    }

    [Fact]
    public async Task Shipment_LongEnoughAgo_CompletesTheOrder()
    {
        await using var shop = await Shop.OpenAsync(settings: new Dictionary<string, string> { ["Ordering__CompletionDelay"] = "00:00:01" });
        await shop.StockAsync(_sku, 10);
        shop.Baskets.Fill(_customer, (_sku, 3));
        var id = await shop.SubmitAsync(_customer);
        await shop.BecomesAsync(id, _customer, "confirmed");
        using (var answer = await shop.ShipAsync(id))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await shop.BecomesAsync(id, _customer, "completed");
    }

    [Fact]
    public async Task Shipment_NotConfirmedOrNotAllowed_IsRefused()
    {
        var id = await OrderAsync("pm_card_chargeDeclined");
        await Shop.BecomesAsync(id, _customer, "cancelled");
        await RefusedAsync(await Shop.ShipAsync(id), HttpStatusCode.Conflict, "order-not-shippable");
        await RefusedAsync(await Shop.ShipAsync(Guid.NewGuid().ToString()), HttpStatusCode.NotFound, "not-found");
        await RefusedAsync(await Shop.ShipAsync(id, new { carrier = new string('x', 61) }), HttpStatusCode.BadRequest, "validation-failed");
        await RefusedAsync(await Shop.SendAsync(HttpMethod.Post, $"api/orders/{id}/shipments", _customer, new { }), HttpStatusCode.Forbidden, "operator-required");
    }

    [Fact]
    public async Task Contacts_KnownOrders_TellWhomMailsGoTo()
    {
        var id = await OrderAsync("pm_card_visa");

        using var answer = await Shop.SendAsync(HttpMethod.Post, "internal/orders/contacts", null, new { orderIds = new[] { id, Guid.NewGuid().ToString() } });

        var contact = Assert.Single((await ReadAsync(answer))["orders"]!.AsArray())!;
        Assert.Equal((id, "ada@example.org", "Ada Lovelace"), (contact["orderId"]!.GetValue<string>(), contact["email"]!.GetValue<string>(), contact["name"]!.GetValue<string>()));
        await RefusedAsync(await Shop.SendAsync(HttpMethod.Post, "internal/orders/contacts", null, new { orderIds = Array.Empty<string>() }), HttpStatusCode.BadRequest, "validation-failed");
    }

    private async Task<string> OrderAsync(string token)
    {
        await Shop.StockAsync(_sku, 10);
        Shop.Baskets.Fill(_customer, (_sku, 3));
        return await Shop.SubmitAsync(_customer, token: token);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        using (answer)
        {
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(code, (await ReadAsync(answer))["code"]!.GetValue<string>());
        }
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
