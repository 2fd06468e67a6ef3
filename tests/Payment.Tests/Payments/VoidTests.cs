using System.Net;
using Argosy.Contracts.Payment;
using Argosy.Payment.Tests.Support;
using Argosy.Testing;

namespace Argosy.Payment.Tests.Payments;

/// <summary>Whatever happens at the same time, no money stays held for a payment that was given up.</summary>
public sealed class VoidTests(StandInTill fixture)
{
    private readonly Guid _orderId = Guid.CreateVersion7();

    private Till Till => fixture.Till;

    [Fact]
    public async Task Void_Authorized_LetsTheMoneyGo()
    {
        await Till.AuthorizeAsync(_orderId);

        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);
        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);
        Assert.Equal(PaymentState.Voided, (await Till.AuthorizeAsync(_orderId)).State);

        await NothingIsHeldAsync();
        Assert.Equal("create cancel", Till.Stripe.OperationsOf(_orderId));
        Assert.Equal("authorize void", await Till.StepsAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized");
    }

    [Fact]
    public async Task Void_Captured_IsRefundedOnce()
    {
        await Till.AuthorizeAsync(_orderId);
        await Till.CaptureAsync(_orderId);

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Till.VoidAsync(_orderId)));

        Assert.All(results, result => Assert.Equal(PaymentState.Refunded, result.State));
        await NothingIsHeldAsync();
        Assert.Equal($"{_orderId}:refund", Assert.Single(Till.Stripe.CallsOf(_orderId).Where(call => call.Operation == "refund").Select(call => call.Key).Distinct()));
        Assert.Equal("authorize capture refund", await Till.StepsAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized payment-captured payment-refunded");
    }

    [Fact]
    public async Task Void_BeforeTheAuthorization_KeepsItOut()
    {
        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);

        Assert.Equal(PaymentState.Voided, (await Till.AuthorizeAsync(_orderId)).State);
        Assert.Empty(Till.Stripe.CallsOf(_orderId));
        using var answer = await Till.SendAsync(HttpMethod.Post, $"internal/payments/{_orderId}/capture");
        await answer.IsProblemAsync(HttpStatusCode.Conflict, "payment-not-capturable");
    }

    [Fact]
    public async Task Void_WaitingForTheCustomer_CancelsTheIntent()
    {
        await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");

        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);

        Assert.Equal("canceled", Assert.Single(Till.Stripe.IntentsOf(_orderId)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Void_AuthorizationInFlight_NothingStaysHeld(bool hasTakenEffect)
    {
        using var arrived = new SemaphoreSlim(0);
        using var mayGoOn = new SemaphoreSlim(0);
        var isFirst = true;
        Till.Stripe.On(_orderId, async (call, proceed) =>
        {
            if (call.Operation != "create" || !Interlocked.Exchange(ref isFirst, false))
                return proceed();
            var early = hasTakenEffect ? proceed() : null;
            arrived.Release();
            await mayGoOn.WaitAsync();
            return early ?? proceed();
        });
        var authorization = Till.AuthorizeAsync(_orderId);
        await arrived.WaitAsync();

        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);
        mayGoOn.Release();

        Assert.Equal(PaymentState.Voided, (await authorization).State);
        await NothingIsHeldAsync();
        Assert.Single(Till.Stripe.IntentsOf(_orderId));
        // Only what was held before the void had to be let go; what came later was never granted.
        Assert.Equal(!hasTakenEffect, Till.Stripe.CallsOf(_orderId).Count(call => call.IsConfirmed) == 1);
        Assert.Equal("", await Till.StepsAsync(_orderId));
        await Till.HeardAsync(_orderId, "");
    }

    [Fact]
    public async Task Void_GatewayStillBusyWithTheAuthorization_IsUndoneWhenItIsDone()
    {
        using var arrived = new SemaphoreSlim(0);
        using var mayGoOn = new SemaphoreSlim(0);
        var busy = false;
        Till.Stripe.On(_orderId, async (call, proceed) =>
        {
            if (call.Operation != "create")
                return proceed();
            if (Interlocked.Exchange(ref busy, true))
                return StandInAnswer.Error(409, "idempotency_error", "idempotency_key_in_use");
            var answer = proceed();
            arrived.Release();
            await mayGoOn.WaitAsync();
            Till.Stripe.Follow(_orderId);
            return answer;
        });
        var authorization = Till.AuthorizeAsync(_orderId);
        await arrived.WaitAsync();

        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);
        mayGoOn.Release();

        Assert.Equal(PaymentState.Voided, (await authorization).State);
        await NothingIsHeldAsync();
    }

    [Fact]
    public async Task Void_GatewayDown_IsMadeUpForLater()
    {
        await Till.AuthorizeAsync(_orderId);
        Till.Stripe.On(_orderId, (_, _) => Task.FromResult<StandInAnswer?>(null));

        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);
        Assert.NotNull((await Till.RowAsync(_orderId)).UndoDueAt);
        Assert.True(Assert.Single(Till.Stripe.IntentsOf(_orderId)).Holds);
        Till.Stripe.Follow(_orderId);

        await NothingIsHeldAsync();
    }

    [Fact]
    public async Task Void_NeverAnsweredAuthorization_LeavesNoHoldBehind()
    {
        Till.Stripe.On(_orderId, (call, proceed) => Task.FromResult(call.IsConfirmed ? null : proceed()));
        using (var answer = await Till.PutAsync(_orderId, Till.Request()))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);

        Assert.Equal(PaymentState.Voided, (await Till.VoidAsync(_orderId)).State);

        // The intent that takes the key is never confirmed: no bank hears of an order that is cancelled.
        Assert.Equal("create create cancel", Till.Stripe.OperationsOf(_orderId));
        await NothingIsHeldAsync();
    }

    [Fact]
    public async Task Void_RefundNotPossibleNow_IsUnavailableAndMadeUpForLater()
    {
        await Till.AuthorizeAsync(_orderId);
        await Till.CaptureAsync(_orderId);
        Till.Stripe.On(_orderId, (_, _) => Task.FromResult<StandInAnswer?>(StandInAnswer.Error(500, "api_error")));
        using (var answer = await Till.SendAsync(HttpMethod.Post, $"internal/payments/{_orderId}/void"))
            await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "payment-gateway-unavailable");
        Till.Stripe.Follow(_orderId);

        await Eventually.HoldsAsync("the payment is refunded", async () => (await Till.GetAsync(_orderId)).State == PaymentState.Refunded);

        await NothingIsHeldAsync();
        await Till.HeardAsync(_orderId, "payment-authorized payment-captured payment-refunded");
    }

    [Fact]
    public async Task Void_TogetherWithCaptures_NothingStaysTaken()
    {
        for (var round = 0; round < 10; round++)
        {
            var orderId = Guid.CreateVersion7();
            await Till.AuthorizeAsync(orderId);

            await Task.WhenAll(
                Till.VoidAsync(orderId),
                Till.SendAsync(HttpMethod.Post, $"internal/payments/{orderId}/capture"),
                Till.VoidAsync(orderId));

            await NothingIsHeldAsync(orderId);
            Assert.Contains((await Till.GetAsync(orderId)).State, new[] { PaymentState.Voided, PaymentState.Refunded });
        }
    }

    [Fact]
    public async Task Void_TogetherWithAuthorizationAndEvent_NothingStaysHeld()
    {
        for (var round = 0; round < 10; round++)
        {
            var orderId = Guid.CreateVersion7();
            Till.Stripe.On(orderId, async (call, proceed) =>
            {
                var answer = proceed();
                if (call.IsConfirmed && Till.Stripe.IntentsOf(orderId) is [{ } intent])
                    await Till.DeliverAsync(GatewayEvents.Intent("payment_intent.amount_capturable_updated", orderId, intent.Id, "requires_capture"));
                return answer;
            });

            await Task.WhenAll(Till.PutAsync(orderId, Till.Request()), Till.VoidAsync(orderId), Till.PutAsync(orderId, Till.Request()));

            Assert.Equal(PaymentState.Voided, (await Till.GetAsync(orderId)).State);
            await NothingIsHeldAsync(orderId);
        }
    }

    private Task NothingIsHeldAsync() => NothingIsHeldAsync(_orderId);

    private async Task NothingIsHeldAsync(Guid orderId)
    {
        await Till.UndoneAsync(orderId);
        Assert.DoesNotContain(Till.Stripe.IntentsOf(orderId), intent => intent.Holds);
        Assert.Equal("", await Till.BalancesAsync(orderId));
    }
}
