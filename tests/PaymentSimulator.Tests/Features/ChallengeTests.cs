using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Argosy.PaymentSimulator.Tests.Support;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Features;

public sealed class ChallengeTests(SimulatorFixture fixture)
{
    private readonly Simulator _simulator = fixture.Simulator;

    [Theory]
    [InlineData("pm_card_threeDSecure2Required")]
    [InlineData("pm_card_authenticationRequired")]
    public async Task Challenge_Approved_HoldsTheMoney(string method)
    {
        var intent = await _simulator.PayAsync(method);
        Assert.Equal(("requires_action", 0), (intent.Status, intent.AmountCapturable));
        Assert.Null(intent.LatestChargeId);
        Assert.Equal("redirect_to_url", intent.NextAction.Type);
        Assert.Equal($"https://shop.example/payment/challenge/{intent.Id}?secret={intent.ClientSecret}", intent.NextAction.RedirectToUrl.Url);
        Assert.Equal(Simulator.ReturnUrl, intent.NextAction.RedirectToUrl.ReturnUrl);
        var question = await ReadAsync(await _simulator.SendAsync(HttpMethod.Get, Path(intent)));
        Assert.Equal($$"""{"id":"{{intent.Id}}","amount":{"amount":1999,"currency":"EUR"},"description":"Order A-1","status":"open","returnUrl":"{{Simulator.ReturnUrl}}"}""", question.ToJsonString());

        var answer = await ReadAsync(await _simulator.SendAsync(HttpMethod.Post, Path(intent), new { outcome = "approve" }, asOperator: false));

        Assert.Equal("approved", answer["status"]!.GetValue<string>());
        var paid = await _simulator.Intents.GetAsync(intent.Id, new() { Expand = ["latest_charge"] });
        Assert.Equal(("requires_capture", 1999), (paid.Status, paid.AmountCapturable));
        Assert.Equal("authenticated", paid.LatestCharge.PaymentMethodDetails.Card.ThreeDSecure.Result);
        Assert.Null(paid.NextAction);
        Assert.Equal(["payment_intent.requires_action", "payment_intent.amount_capturable_updated"], (await _simulator.Webhooks.ArriveAsync(intent.Id, 2)).Select(item => item.Type));
    }

    [Fact]
    public async Task Challenge_Declined_FailsThePayment()
    {
        var intent = await _simulator.PayAsync("pm_card_threeDSecure2Required");

        var answer = await ReadAsync(await _simulator.SendAsync(HttpMethod.Post, Path(intent), new { outcome = "decline" }));

        Assert.Equal("declined", answer["status"]!.GetValue<string>());
        var failed = await _simulator.Intents.GetAsync(intent.Id);
        Assert.Equal(("requires_payment_method", "payment_intent_authentication_failure"), (failed.Status, failed.LastPaymentError.Code));
        Assert.Equal(["payment_intent.requires_action", "payment_intent.payment_failed"], (await _simulator.Webhooks.ArriveAsync(intent.Id, 2)).Select(item => item.Type));
    }

    [Fact]
    public async Task Challenge_ApprovedWithCardThatDeclinesAfterIt_FailsThePayment()
    {
        var intent = await _simulator.PayAsync("pm_card_threeDSecureRequiredChargeDeclined");

        var answer = await ReadAsync(await _simulator.SendAsync(HttpMethod.Post, Path(intent), new { outcome = "approve" }));

        Assert.Equal("approved", answer["status"]!.GetValue<string>());
        var failed = await _simulator.Intents.GetAsync(intent.Id);
        Assert.Equal(("requires_payment_method", "card_declined"), (failed.Status, failed.LastPaymentError.Code));
    }

    [Fact]
    public async Task Challenge_AnsweredTwice_KeepsTheFirstAnswer()
    {
        var intent = await _simulator.PayAsync("pm_card_threeDSecure2Required", captureMethod: "automatic");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await ReadAsync(await _simulator.SendAsync(HttpMethod.Post, Path(intent), new { outcome = "approve" }))));
        var late = await ReadAsync(await _simulator.SendAsync(HttpMethod.Post, Path(intent), new { outcome = "decline" }));

        Assert.All(answers.Append(late), answer => Assert.Equal("approved", answer["status"]!.GetValue<string>()));
        Assert.Equal("succeeded", (await _simulator.Intents.GetAsync(intent.Id)).Status);
    }

    [Fact]
    public async Task Challenge_PaidWithAnotherCardMeanwhile_IsGone()
    {
        var intent = await _simulator.PayAsync("pm_card_threeDSecure2Required");
        await _simulator.Intents.ConfirmAsync(intent.Id, new() { PaymentMethod = "pm_card_visa" });

        using var answer = await _simulator.SendAsync(HttpMethod.Post, Path(intent), new { outcome = "decline" });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("requires_capture", (await _simulator.Intents.GetAsync(intent.Id)).Status);
    }

    [Fact]
    public async Task Challenge_OfCanceledPayment_IsOver()
    {
        var intent = await _simulator.PayAsync("pm_card_threeDSecure2Required");
        await _simulator.Intents.CancelAsync(intent.Id);

        var answer = await ReadAsync(await _simulator.SendAsync(HttpMethod.Post, Path(intent), new { outcome = "approve" }));

        Assert.Equal("declined", answer["status"]!.GetValue<string>());
        Assert.Equal("canceled", (await _simulator.Intents.GetAsync(intent.Id)).Status);
    }

    [Fact]
    public async Task Challenge_WrongSecretOrUnknownOrWithoutQuestion_IsNotFound()
    {
        var intent = await _simulator.PayAsync("pm_card_threeDSecure2Required");
        var plain = await _simulator.PayAsync();
        string[] paths = [$"api/payments/challenges/{intent.Id}?secret=wrong", $"api/payments/challenges/{intent.Id}", $"api/payments/challenges/pi_no?secret={intent.ClientSecret}", Path(plain)];
        foreach (var path in paths)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                using var answer = await _simulator.SendAsync(method, path, method == HttpMethod.Post ? new { outcome = "approve" } : null);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                Assert.Equal("not-found", (await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>());
            }
        }
        Assert.Equal("requires_action", (await _simulator.Intents.GetAsync(intent.Id)).Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"outcome":"perhaps"}""")]
    public async Task Challenge_AnswerThatIsNone_IsRefused(string body)
    {
        var intent = await _simulator.PayAsync("pm_card_threeDSecure2Required");

        using var answer = await _simulator.SendAsync(HttpMethod.Post, Path(intent), JsonNode.Parse(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string Path(PaymentIntent intent) => $"api/payments/challenges/{intent.Id}?secret={intent.ClientSecret}";

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        }
    }
}
