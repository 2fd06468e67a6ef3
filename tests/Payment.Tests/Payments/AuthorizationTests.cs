using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts.Payment;
using Argosy.Payment.Tests.Support;

namespace Argosy.Payment.Tests.Payments;

public sealed class AuthorizationTests(StandInTill fixture)
{
    private readonly Guid _orderId = Guid.CreateVersion7();

    private Till Till => fixture.Till;

    [Fact]
    public async Task Authorize_GoodCard_HoldsTheMoneyOnce()
    {
        var first = await Till.AuthorizeAsync(_orderId);
        var again = await Till.AuthorizeAsync(_orderId);

        Assert.Equal(new PaymentResult(PaymentState.Authorized), first);
        Assert.Equal(first, again);
        var call = Assert.Single(Till.Stripe.CallsOf(_orderId));
        Assert.Equal(("create", $"{_orderId}:authorize"), (call.Operation, call.Key));
        Assert.Equal(
            "amount=1999 capture_method=manual confirm=true currency=eur description=Order ABCDE-12345 metadata[order_id]=ID payment_method=pm_card_visa return_url=https://shop.example/orders/1 statement_descriptor_suffix=ABCDE12345",
            string.Join(' ', call.Form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}")).Replace(_orderId.ToString(), "ID", StringComparison.Ordinal));
        Assert.Equal("authorization-hold 1999 customer -1999", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized");
        var heard = Till.Events.Of(_orderId)[0]["data"]!;
        Assert.Equal((Till.Stripe.IntentsOf(_orderId)[0].Id, 1999), (heard["paymentId"]!.GetValue<string>(), heard["amount"]!["amount"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Authorize_TenAtOnce_ChargeOnce()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Till.AuthorizeAsync(_orderId)));

        Assert.All(results, result => Assert.Equal(PaymentState.Authorized, result.State));
        Assert.Single(Till.Stripe.IntentsOf(_orderId));
        Assert.Equal("authorization-hold 1999 customer -1999", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized");
    }

    [Theory]
    [InlineData("pm_card_visa", 2000)]
    [InlineData("pm_card_mastercard", 1999)]
    public async Task Authorize_OtherTermsForTheSameOrder_IsRefused(string method, long amount)
    {
        await Till.AuthorizeAsync(_orderId);

        using var answer = await Till.PutAsync(_orderId, Till.Request(method, amount));

        await answer.IsProblemAsync(HttpStatusCode.Conflict, "payment-mismatch");
        Assert.Single(Till.Stripe.CallsOf(_orderId));
    }

    [Theory]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds")]
    [InlineData("pm_of_nobody", "resource_missing")]
    public async Task Authorize_GatewaySaysNo_IsDeclinedForGood(string method, string code)
    {
        var first = await Till.AuthorizeAsync(_orderId, method);
        var again = await Till.AuthorizeAsync(_orderId, method);

        Assert.Equal(new PaymentResult(PaymentState.Declined, DeclineCode: code), first);
        Assert.Equal(first, again);
        Assert.Equal(first, await Till.VoidAsync(_orderId));
        Assert.Single(Till.Stripe.CallsOf(_orderId));
        Assert.Equal("", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-failed");
        Assert.Equal(code, Till.Events.Of(_orderId)[0]["data"]!["declineCode"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("requires_capture", null, PaymentState.Authorized, "payment-authorized")]
    [InlineData("requires_payment_method", "payment_intent_authentication_failure", PaymentState.Declined, "payment-failed")]
    [InlineData("canceled", null, PaymentState.Voided, "payment-failed")]
    [InlineData("succeeded", null, PaymentState.Captured, "payment-authorized payment-captured")]
    public async Task Get_BankWantsTheCustomer_TellsWhatBecameOfIt(string status, string? error, PaymentState state, string events)
    {
        var asked = await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");
        Assert.Equal(new PaymentResult(PaymentState.RequiresAction, $"https://bank.example/{Till.Stripe.IntentsOf(_orderId)[0].Id}"), asked);
        Assert.Equal(asked, await Till.GetAsync(_orderId));
        Assert.Equal(asked, await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required"));
        Till.Stripe.Set(_orderId, status, error);

        var result = await Till.GetAsync(_orderId);

        Assert.Equal((state, error, null), (result.State, result.DeclineCode, result.ActionUrl));
        await Till.HeardAsync(_orderId, events);
    }

    [Fact]
    public async Task Get_UnknownOrder_IsNotFound()
    {
        using var answer = await Till.SendAsync(HttpMethod.Get, $"internal/payments/{_orderId}");

        await answer.IsProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData(0, "EUR", "pm_card_visa", "https://shop.example", "amount.amount")]
    [InlineData(-5, "EUR", "pm_card_visa", "https://shop.example", "amount.amount")]
    [InlineData(5, "eur", "pm_card_visa", "https://shop.example", "amount.currency")]
    [InlineData(5, "EURO", "pm_card_visa", "https://shop.example", "amount.currency")]
    [InlineData(5, "EUR", "4242424242424242", "https://shop.example", "paymentMethod")]
    [InlineData(5, "EUR", "", "https://shop.example", "paymentMethod")]
    [InlineData(5, "EUR", "pm card", "https://shop.example", "paymentMethod")]
    [InlineData(5, "EUR", "pm_card_visa", "/orders/1", "returnUrl")]
    [InlineData(5, "EUR", "pm_card_visa", "javascript:alert(1)", "returnUrl")]
    public async Task Authorize_InvalidField_IsRefusedByName(long amount, string currency, string method, string returnUrl, string field)
    {
        using var answer = await Till.PutAsync(_orderId, new { orderNumber = "A-1", amount = new { amount, currency }, paymentMethod = method, returnUrl });

        var problem = await answer.IsProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        Assert.Equal(field, Assert.Single(problem["errors"]!.AsObject()).Key);
        Assert.Empty(Till.Stripe.CallsOf(_orderId));
    }

    [Fact]
    public async Task Authorize_NothingGiven_IsRefusedForEveryField()
    {
        using var answer = await Till.PutAsync(_orderId, new { });

        var problem = await answer.IsProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        Assert.Equal(["amount.amount", "amount.currency", "orderNumber", "paymentMethod", "returnUrl"], problem["errors"]!.AsObject().Select(error => error.Key).Order());
    }

    [Fact]
    public async Task Operations_AllSteps_AreCountedAndLoggedWithoutSecrets()
    {
        await Till.AuthorizeAsync(_orderId);
        await Till.CaptureAsync(_orderId);
        await Till.VoidAsync(_orderId);
        await Till.AuthorizeAsync(Guid.CreateVersion7(), "pm_card_chargeDeclinedInsufficientFunds");
        var other = Guid.CreateVersion7();
        await Till.AuthorizeAsync(other);
        await Till.VoidAsync(other);

        var metrics = await Till.MetricsAsync();

        foreach (var name in new[] { "authorized", "captured", "refunded", "declined", "voided" })
            Assert.Contains($"argosy_payments_{name}_total{{", metrics, StringComparison.Ordinal);
        Assert.Matches(@"argosy_payment_gateway_latency_seconds_count\{[^}]*operation=""capture""", metrics);
        Assert.Contains($"Payment of order {_orderId}: Refund", Till.Payment.Output, StringComparison.Ordinal);
        foreach (var secret in new[] { Till.SecretKey, Till.WebhookSecret, "pm_card_visa", "bank.example" })
            Assert.DoesNotContain(secret, Till.Payment.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_NoPublishableKey_IsNull()
    {
        using var answer = await Till.SendAsync(HttpMethod.Get, "api/payments/config");

        Assert.Equal("""{"publishableKey":null}""", (await answer.Content.ReadFromJsonAsync<JsonNode>())!.ToJsonString());
    }
}
