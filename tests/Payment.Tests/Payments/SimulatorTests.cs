using System.Net;
using Argosy.Contracts;
using Argosy.Contracts.Payment;
using Argosy.Payment.Tests.Support;
using Argosy.Testing;

namespace Argosy.Payment.Tests.Payments;

/// <summary>The ways of a payment with the gateway that local shops run on.</summary>
public sealed class SimulatorTests(SimulatorTill fixture)
{
    private readonly Guid _orderId = Guid.CreateVersion7();

    private Till Till => fixture.Till;

    [Theory]
    [InlineData("pm_card_visa")]
    [InlineData("pm_card_mastercard")]
    [InlineData("pm_card_amex")]
    [InlineData("pm_sim_webhookNever")]
    [InlineData("pm_sim_webhookTwice")]
    [InlineData("pm_sim_webhookLate")]
    [InlineData("pm_sim_slow")]
    public async Task Payment_AcceptedCard_IsAuthorizedCapturedAndRefundedOnce(string method)
    {
        Assert.Equal(PaymentState.Authorized, (await Till.AuthorizeAsync(_orderId, method)).State);
        Assert.Equal(PaymentState.Captured, (await Till.CaptureAsync(_orderId)).State);
        Assert.Equal("cash 1999 customer -1999", await Till.BalancesAsync(_orderId));
        Assert.Equal(PaymentState.Refunded, (await Till.VoidAsync(_orderId)).State);

        await WebhooksAreDeliveredAsync();
        Assert.Equal(PaymentState.Refunded, (await Till.GetAsync(_orderId)).State);
        Assert.Equal("authorize capture refund", await Till.StepsAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized payment-captured payment-refunded");
    }

    [Theory]
    [InlineData("pm_card_chargeDeclined", "card_declined")]
    [InlineData("pm_card_visa_chargeDeclined", "card_declined")]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card")]
    [InlineData("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc")]
    [InlineData("pm_card_chargeDeclinedFraudulent", "fraudulent")]
    [InlineData("pm_card_chargeDeclinedProcessingError", "processing_error")]
    [InlineData("pm_of_nobody", "resource_missing")]
    public async Task Payment_DecliningCard_IsDeclinedWithItsCode(string method, string code)
    {
        Assert.Equal(new PaymentResult(PaymentState.Declined, DeclineCode: code), await Till.AuthorizeAsync(_orderId, method));

        await WebhooksAreDeliveredAsync();
        await Till.HeardAsync(_orderId, "payment-failed");
        Assert.Equal("", await Till.StepsAsync(_orderId));
    }

    [Theory]
    [InlineData("pm_card_threeDSecure2Required", "approve", PaymentState.Authorized, null)]
    [InlineData("pm_card_authenticationRequired", "decline", PaymentState.Declined, "payment_intent_authentication_failure")]
    [InlineData("pm_card_threeDSecureRequiredChargeDeclined", "approve", PaymentState.Declined, "card_declined")]
    public async Task Payment_BankAsksTheCustomer_IsDecidedByTheEvent(string method, string outcome, PaymentState state, string? code)
    {
        var asked = await Till.AuthorizeAsync(_orderId, method);
        Assert.Equal(PaymentState.RequiresAction, asked.State);
        Assert.StartsWith("https://shop.example/payment/challenge/pi_", asked.ActionUrl, StringComparison.Ordinal);

        await Till.AnswerBankAsync(asked, outcome);

        await Eventually.HoldsAsync($"the event has made the payment {state}", async () => (await Till.RowAsync(_orderId)).State == state);
        Assert.Equal(new PaymentResult(state, DeclineCode: code), await Till.GetAsync(_orderId));
        await Till.HeardAsync(_orderId, state == PaymentState.Authorized ? "payment-authorized" : "payment-failed");
    }

    [Fact]
    public async Task Payment_BankAsksAndTheEventIsLost_IsDecidedByAsking()
    {
        var asked = await Till.AuthorizeAsync(_orderId, "pm_sim_threeDSecureWebhookNever");
        await Till.AnswerBankAsync(asked, "approve");

        Assert.Equal(PaymentState.Authorized, (await Till.GetAsync(_orderId)).State);
    }

    [Fact]
    public async Task Payment_GivenUpWhileTheBankAsks_CanNoLongerBeApproved()
    {
        var asked = await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");

        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);
        await Till.AnswerBankAsync(asked, "approve");

        await WebhooksAreDeliveredAsync();
        Assert.Equal("", await Till.StepsAsync(_orderId));
        await Till.BooksAgreeAsync();
    }

    [Fact]
    public async Task Payment_NoAnswerAfterTheCharge_IsChargedOnce()
    {
        using (var answer = await Till.PutAsync(_orderId, Till.Request("pm_sim_timeoutAfterCharge")))
            await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "payment-gateway-unavailable");

        await Eventually.HoldsAsync("the repetition is answered", async () =>
        {
            using var answer = await Till.PutAsync(_orderId, Till.Request("pm_sim_timeoutAfterCharge"));
            return answer.IsSuccessStatusCode;
        });

        Assert.Equal("authorization-hold 1999 customer -1999", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized");
        await Till.BooksAgreeAsync();
    }

    [Fact]
    public async Task Payment_GivenUpWhileItIsAuthorized_HoldsNothing()
    {
        var slow = Till.PutAsync(_orderId, Till.Request("pm_sim_slow"));
        await Eventually.HoldsAsync("the payment is begun", async () => (await Till.SendAsync(HttpMethod.Get, $"internal/payments/{_orderId}")).IsSuccessStatusCode);

        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);

        (await slow).Dispose();
        await Till.UndoneAsync(_orderId);
        await Till.BooksAgreeAsync();
    }

    [Fact]
    public async Task Payments_ManyAtOnce_AreChargedOnceEach()
    {
        var orders = Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7()).ToList();

        await Task.WhenAll(orders.SelectMany(orderId => Enumerable.Range(0, 5).Select(_ => Eventually.HoldsAsync($"{orderId} is authorized", async () =>
        {
            using var answer = await Till.PutAsync(orderId, Till.Request());
            return answer.IsSuccessStatusCode;
        }))));

        foreach (var orderId in orders)
            Assert.Equal("authorize", await Till.StepsAsync(orderId));
        await Till.BooksAgreeAsync();
    }

    private Task WebhooksAreDeliveredAsync() =>
        Eventually.HoldsAsync("all webhooks are delivered", async () => (await Till.AuditAsync(AppIds.PaymentSimulator))["webhooksPending"]!.GetValue<int>() == 0);
}
