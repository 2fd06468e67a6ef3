using System.Net;
using Argosy.Contracts.Payment;
using Argosy.Payment.Tests.Support;
using Argosy.Testing;
using Stripe;

namespace Argosy.Payment.Tests.Webhooks;

public sealed class WebhookTests(StandInTill fixture)
{
    private readonly Guid _orderId = Guid.CreateVersion7();

    private Till Till => fixture.Till;

    private string IntentId => Assert.Single(Till.Stripe.IntentsOf(_orderId)).Id;

    [Fact]
    public async Task Event_BeforeTheAnswer_IsTheSameStep()
    {
        Till.Stripe.On(_orderId, async (_, proceed) =>
        {
            var answer = proceed();
            Assert.Equal(HttpStatusCode.NoContent, await Till.DeliverAsync(GatewayEvents.Intent("payment_intent.amount_capturable_updated", _orderId, IntentId, "requires_capture")));
            return answer;
        });

        Assert.Equal(PaymentState.Authorized, (await Till.AuthorizeAsync(_orderId)).State);

        Assert.Equal("authorization-hold 1999 customer -1999", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized");
    }

    [Fact]
    public async Task Event_AnswerLost_DecidesThePayment()
    {
        Till.Stripe.On(_orderId, (_, proceed) =>
        {
            proceed();
            return Task.FromResult<StandInAnswer?>(null);
        });
        using (var answer = await Till.PutAsync(_orderId, Till.Request()))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Till.Stripe.Follow(_orderId);

        Assert.Equal(HttpStatusCode.NoContent, await Till.DeliverAsync(GatewayEvents.Intent("payment_intent.amount_capturable_updated", _orderId, IntentId, "requires_capture")));

        Assert.Equal(PaymentState.Authorized, (await Till.GetAsync(_orderId)).State);
        Assert.Equal("create", Till.Stripe.OperationsOf(_orderId));
    }

    [Fact]
    public async Task Events_ThroughTheWholeLifeTwice_TakeEachStepOnce()
    {
        await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");

        foreach (var status in new[] { "requires_capture", "requires_capture", "succeeded", "succeeded" })
        {
            Till.Stripe.Set(_orderId, status);
            await DeliverAsync(status == "succeeded" ? "payment_intent.succeeded" : "payment_intent.amount_capturable_updated", status);
        }
        Assert.Equal(HttpStatusCode.NoContent, await Till.DeliverAsync(GatewayEvents.ChargeRefunded(_orderId, IntentId, refunded: false)));
        Assert.Equal(PaymentState.Captured, (await Till.GetAsync(_orderId)).State);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, await Till.DeliverAsync(GatewayEvents.ChargeRefunded(_orderId, IntentId)));

        Assert.Equal(PaymentState.Refunded, (await Till.GetAsync(_orderId)).State);
        Assert.Equal("authorize capture refund", await Till.StepsAsync(_orderId));
        Assert.Equal("create", Till.Stripe.OperationsOf(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized payment-captured payment-refunded");
    }

    [Fact]
    public async Task Event_CapturedWhileWeWait_TakesBothSteps()
    {
        await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");

        await DeliverAsync("payment_intent.succeeded", "succeeded");

        Assert.Equal("cash 1999 customer -1999", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized payment-captured");
    }

    [Fact]
    public async Task Event_AuthenticationFailed_Declines()
    {
        await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");

        await DeliverAsync("payment_intent.payment_failed", "requires_payment_method", new GatewayEvents.Failed("payment_intent_authentication_failure"));

        Assert.Equal(new PaymentResult(PaymentState.Declined, DeclineCode: "payment_intent_authentication_failure"), await Till.GetAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-failed");
    }

    [Fact]
    public async Task Event_AuthorizationExpired_LetsTheHoldGo()
    {
        await Till.AuthorizeAsync(_orderId);

        await DeliverAsync("payment_intent.canceled", "canceled", new GatewayEvents.Cancelled("automatic"));

        Assert.Equal(PaymentState.Voided, (await Till.GetAsync(_orderId)).State);
        Assert.Equal("", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized payment-failed");
        Assert.Equal("authorization_expired", Till.Events.Of(_orderId)[1]["data"]!["declineCode"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("payment_intent.requires_action", "requires_action")]
    [InlineData("payment_intent.canceled", "canceled")]
    [InlineData("payment_intent.payment_failed", "requires_payment_method")]
    public async Task Event_DoesNotFit_TheGatewayIsAsked(string type, string status)
    {
        await Till.AuthorizeAsync(_orderId);
        await Till.CaptureAsync(_orderId);

        await DeliverAsync(type, status, new GatewayEvents.Failed("card_declined"));

        Assert.Equal(PaymentState.Captured, (await Till.GetAsync(_orderId)).State);
        Assert.Equal("create capture get", Till.Stripe.OperationsOf(_orderId));
        Assert.Equal("cash 1999 customer -1999", await Till.BalancesAsync(_orderId));
    }

    [Fact]
    public async Task Event_DoesNotFitAndGatewayDown_IsToBeDeliveredAgain()
    {
        await Till.AuthorizeAsync(_orderId);
        Till.Stripe.On(_orderId, (_, _) => Task.FromResult<StandInAnswer?>(null));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Till.DeliverAsync(GatewayEvents.Intent("payment_intent.requires_action", _orderId, IntentId, "requires_action")));
    }

    [Fact]
    public async Task Event_HeldForAVoidedPayment_IsUndone()
    {
        await Till.AuthorizeAsync(_orderId);
        await Till.VoidAsync(_orderId);
        Till.Stripe.Set(_orderId, "requires_capture");

        await DeliverAsync("payment_intent.amount_capturable_updated", "requires_capture");

        await Eventually.HoldsAsync("the gateway has let go", () => !Till.Stripe.IntentsOf(_orderId)[0].Holds);
        await Till.UndoneAsync(_orderId);
        Assert.Equal("authorize void", await Till.StepsAsync(_orderId));
    }

    [Fact]
    public async Task Event_CapturedForAVoidedPayment_IsRefunded()
    {
        await Till.AuthorizeAsync(_orderId);
        await Till.VoidAsync(_orderId);
        Till.Stripe.Set(_orderId, "succeeded");

        await DeliverAsync("payment_intent.succeeded", "succeeded");

        await Eventually.HoldsAsync("the money is given back", () => Till.Stripe.IntentsOf(_orderId)[0].IsRefunded);
        await Till.UndoneAsync(_orderId);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("empty")]
    [InlineData("garbage")]
    [InlineData("other-secret")]
    [InlineData("other-body")]
    [InlineData("old")]
    [InlineData("future")]
    public async Task Event_NotProperlySigned_ChangesNothing(string flaw)
    {
        await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");
        var body = GatewayEvents.Intent("payment_intent.amount_capturable_updated", _orderId, IntentId, "requires_capture");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        using var answer = await Till.PostEventAsync(body, flaw switch
        {
            "none" => null,
            "empty" => "",
            "garbage" => "t=x,v1=y",
            "other-secret" => EventUtility.GenerateSignatureHeader(body, "whsec_of_somebody_else"),
            "other-body" => EventUtility.GenerateSignatureHeader(body + " ", Till.WebhookSecret),
            "old" => EventUtility.GenerateSignatureHeader(body, Till.WebhookSecret, now - 310),
            _ => EventUtility.GenerateSignatureHeader(body, Till.WebhookSecret, now + 310),
        });

        await answer.IsProblemAsync(HttpStatusCode.BadRequest, "webhook-signature-invalid");
        Assert.Equal(PaymentState.RequiresAction, (await Till.RowAsync(_orderId)).State);
    }

    [Fact]
    public async Task Event_OfNoConcern_IsAcknowledged()
    {
        await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");
        string[] bodies =
        [
            GatewayEvents.Event("customer.created", new { id = "cus_1", @object = "customer" }),
            GatewayEvents.Event("something.new", new { id = "x", @object = "something" }),
            GatewayEvents.Intent("payment_intent.succeeded", Guid.NewGuid(), "pi_unknown", "succeeded"),
            GatewayEvents.Event("payment_intent.succeeded", new { id = "pi_1", @object = "payment_intent", status = "succeeded" }),
            GatewayEvents.Intent("payment_intent.succeeded", _orderId, "pi_of_another_account", "succeeded"),
            GatewayEvents.Event("refund.failed", new { id = "re_1", @object = "refund", payment_intent = "pi_1" }),
        ];

        foreach (var body in bodies)
            Assert.Equal(HttpStatusCode.NoContent, await Till.DeliverAsync(body));

        Assert.Equal(PaymentState.RequiresAction, (await Till.RowAsync(_orderId)).State);
    }

    [Fact]
    public async Task Event_NoJson_IsRefused()
    {
        using var answer = await Till.PostEventAsync("no json", EventUtility.GenerateSignatureHeader("no json", Till.WebhookSecret));

        await answer.IsProblemAsync(HttpStatusCode.BadRequest, "invalid-json");
    }

    [Fact]
    public async Task Event_TooLong_IsRefused()
    {
        using var body = new ByteArrayContent(new byte[256 * 1024 + 1]);
        using var answer = await Till.PostDirectlyAsync("api/payments/webhooks/stripe", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private async Task DeliverAsync(string type, string status, object? more = null) =>
        Assert.Equal(HttpStatusCode.NoContent, await Till.DeliverAsync(GatewayEvents.Intent(type, _orderId, IntentId, status, more)));
}
