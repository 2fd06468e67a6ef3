using System.Net;
using Argosy.Contracts.Payment;
using Argosy.Payment.Tests.Support;

namespace Argosy.Payment.Tests.Payments;

public sealed class GatewayFaultTests(StandInTill fixture)
{
    private readonly Guid _orderId = Guid.CreateVersion7();

    private Till Till => fixture.Till;

    [Theory]
    [InlineData(500, "api_error")]
    [InlineData(503, "api_error")]
    [InlineData(429, "invalid_request_error")]
    [InlineData(409, "idempotency_error")]
    [InlineData(502, null)]
    [InlineData(0, null)]
    public async Task Authorize_GatewayFails_MayBeRepeated(int status, string? type)
    {
        Till.Stripe.On(_orderId, (_, _) => Task.FromResult(status switch
        {
            0 => null,
            502 => new StandInAnswer(502, "<html>Bad gateway</html>"),
            _ => StandInAnswer.Error(status, type!),
        }));
        using (var answer = await Till.PutAsync(_orderId, Till.Request()))
        {
            await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "payment-gateway-unavailable");
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        }
        Assert.Equal(new PaymentResult(PaymentState.Pending), await Till.GetAsync(_orderId));
        Assert.Equal("", await Till.BalancesAsync(_orderId));
        Till.Stripe.Follow(_orderId);

        Assert.Equal(PaymentState.Authorized, (await Till.AuthorizeAsync(_orderId)).State);

        Assert.Equal($"{_orderId}:authorize", Assert.Single(Till.Stripe.CallsOf(_orderId).Select(call => call.Key).Distinct()));
        await Till.HeardAsync(_orderId, "payment-authorized");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Authorize_KeyNotAccepted_IsOurMistake(int status)
    {
        Till.Stripe.On(_orderId, (_, _) => Task.FromResult<StandInAnswer?>(StandInAnswer.Error(status, "invalid_request_error")));

        using var answer = await Till.PutAsync(_orderId, Till.Request());

        await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "payment-gateway-misconfigured");
        Assert.Contains("stripe-secret-key", Till.Payment.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Till.SecretKey, Till.Payment.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authorize_TimeOutAfterCharging_ChargesOnce()
    {
        Till.Stripe.On(_orderId, AnswerTooLate);
        using (var answer = await Till.PutAsync(_orderId, Till.Request()))
            await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "payment-gateway-unavailable");
        Till.Stripe.Follow(_orderId);

        Assert.Equal(PaymentState.Authorized, (await Till.AuthorizeAsync(_orderId)).State);

        Assert.Single(Till.Stripe.IntentsOf(_orderId));
        Assert.Equal("authorization-hold 1999 customer -1999", await Till.BalancesAsync(_orderId));
    }

    [Fact]
    public async Task Capture_TimeOutAfterCapturing_CapturesOnce()
    {
        await Till.AuthorizeAsync(_orderId);
        Till.Stripe.On(_orderId, AnswerTooLate);
        using (var answer = await Till.SendAsync(HttpMethod.Post, $"internal/payments/{_orderId}/capture"))
            await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "payment-gateway-unavailable");
        Till.Stripe.Follow(_orderId);

        Assert.Equal(PaymentState.Captured, (await Till.CaptureAsync(_orderId)).State);
        Assert.Equal(PaymentState.Captured, (await Till.CaptureAsync(_orderId)).State);

        Assert.Equal([$"{_orderId}:capture", $"{_orderId}:capture"], Till.Stripe.CallsOf(_orderId).Where(call => call.Operation == "capture").Select(call => call.Key));
        Assert.Equal("cash 1999 customer -1999", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized payment-captured");
    }

    [Fact]
    public async Task Capture_CancelledAtTheGateway_IsNotCapturable()
    {
        await Till.AuthorizeAsync(_orderId);
        Till.Stripe.Set(_orderId, "canceled");

        using var answer = await Till.SendAsync(HttpMethod.Post, $"internal/payments/{_orderId}/capture");

        await answer.IsProblemAsync(HttpStatusCode.Conflict, "payment-not-capturable");
        Assert.Equal(PaymentState.Voided, (await Till.GetAsync(_orderId)).State);
        Assert.Equal("", await Till.BalancesAsync(_orderId));
        await Till.HeardAsync(_orderId, "payment-authorized payment-failed");
    }

    [Fact]
    public async Task Capture_HeldWithoutOurKnowledge_IsCaptured()
    {
        await Till.AuthorizeAsync(_orderId, "pm_card_threeDSecure2Required");
        Till.Stripe.Set(_orderId, "requires_capture");

        Assert.Equal(PaymentState.Captured, (await Till.CaptureAsync(_orderId)).State);

        Assert.Equal("authorize capture", await Till.StepsAsync(_orderId));
    }

    [Theory]
    [InlineData("pm_card_threeDSecure2Required")]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds")]
    public async Task Capture_NothingHeld_IsNotCapturable(string method)
    {
        await Till.AuthorizeAsync(_orderId, method);

        using var answer = await Till.SendAsync(HttpMethod.Post, $"internal/payments/{_orderId}/capture");

        await answer.IsProblemAsync(HttpStatusCode.Conflict, "payment-not-capturable");
    }

    /// <summary>Lets the call take effect and keeps the answer for longer than Payment waits.</summary>
    private static async Task<StandInAnswer?> AnswerTooLate(StandInCall call, Func<StandInAnswer> proceed)
    {
        var answer = proceed();
        await Task.Delay(TimeSpan.FromSeconds(10));
        return answer;
    }
}
