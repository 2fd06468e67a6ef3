using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Argosy.PaymentSimulator.Tests.Support;
using Argosy.Testing;

namespace Argosy.PaymentSimulator.Tests.Features;

public sealed class SettingsTests(SimulatorFixture fixture)
{
    private const string Path = "api/payments/simulator";

    [Fact]
    public async Task Settings_DecideAboutPlainCardsOnlyAndOutliveTheProcess()
    {
        await using var simulator = await Simulator.OpenAsync();
        Assert.Equal(
            """{"answer":"normal","webhooks":"once","slowMilliseconds":2000,"timeOutMilliseconds":30000,"webhookDelayMilliseconds":10000,"webhookUrl":null}""",
            (await ReadAsync(simulator)).ToJsonString());

        await simulator.SetAsync(new { answer = "decline" });
        Assert.Equal("generic_decline", (await Refusals.OfAsync(HttpStatusCode.PaymentRequired, simulator.PayAsync())).DeclineCode);
        Assert.Equal("insufficient_funds", (await Refusals.OfAsync(HttpStatusCode.PaymentRequired, simulator.PayAsync("pm_card_chargeDeclinedInsufficientFunds"))).DeclineCode);
        Assert.Equal("requires_action", (await simulator.PayAsync("pm_card_threeDSecure2Required")).Status);

        await simulator.SetAsync(new { answer = "require-action" });
        Assert.Equal("requires_action", (await simulator.PayAsync()).Status);

        await simulator.SetAsync(new { answer = "slow", slowMilliseconds = 600 });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("requires_capture", (await simulator.PayAsync()).Status);
        Assert.InRange(clock.ElapsedMilliseconds, 590, long.MaxValue);

        await simulator.SetAsync(new { answer = "time-out-after-charge", timeOutMilliseconds = 0 });
        var (key, order) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => simulator.PayAsync(key: key, order: order));
        simulator.Process.Kill();
        await simulator.Process.StartAsync();
        Assert.Equal("time-out-after-charge", (await ReadAsync(simulator))["answer"]!.GetValue<string>());
        Assert.Equal("requires_capture", (await simulator.PayAsync(key: key, order: order)).Status);
        Assert.Equal(0, (await simulator.AuditAsync())["ordersChargedTwice"]!.GetValue<int>());
    }

    [Fact]
    public async Task Webhooks_TwiceLateNeverOrElsewhere_AsSet()
    {
        await using var simulator = await Simulator.OpenAsync();

        await simulator.SetAsync(new { webhooks = "twice" });
        var twice = await simulator.PayAsync();
        Assert.Single((await simulator.Webhooks.ArriveAsync(twice.Id, 2)).Select(item => item.Id).Distinct());

        await simulator.SetAsync(new { webhooks = "never" });
        var never = await simulator.PayAsync();

        await simulator.SetAsync(new { webhooks = "late", webhookDelayMilliseconds = 1500 });
        var late = await simulator.PayAsync();
        var later = await simulator.PayAsync("pm_sim_webhookTwice");
        await simulator.Webhooks.ArriveAsync(later.Id, 2);
        Assert.Empty(simulator.Webhooks.Of(late.Id));
        await simulator.Webhooks.ArriveAsync(late.Id);
        Assert.Empty(simulator.Webhooks.Of(never.Id));

        await using var other = new WebhookReceiver(Simulator.WebhookSecret);
        var port = FreePort.Next();
        await other.StartAsync(port);
        await simulator.SetAsync(new { webhookUrl = $"http://127.0.0.1:{port}/api/payments/webhooks/stripe" });
        var elsewhere = await simulator.PayAsync();
        await other.ArriveAsync(elsewhere.Id);
        Assert.Empty(simulator.Webhooks.Of(elsewhere.Id));
    }

    [Theory]
    [InlineData("""{"answer":"perhaps"}""", "answer")]
    [InlineData("""{"webhooks":"thrice"}""", "webhooks")]
    [InlineData("""{"slowMilliseconds":-1}""", "slowMilliseconds")]
    [InlineData("""{"timeOutMilliseconds":600001}""", "timeOutMilliseconds")]
    [InlineData("""{"webhookDelayMilliseconds":"soon"}""", "webhookDelayMilliseconds")]
    [InlineData("""{"webhookUrl":"ftp://shop.example"}""", "webhookUrl")]
    [InlineData("""{"webhookUrl":"/webhooks"}""", "webhookUrl")]
    public async Task Settings_ThatMakeNoSense_AreRefused(string body, string field)
    {
        using var answer = await fixture.Simulator.SendAsync(HttpMethod.Put, Path, JsonNode.Parse(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.Content.ReadFromJsonAsync<JsonNode>())!["errors"]![field]);
        Assert.Equal("normal", (await ReadAsync(fixture.Simulator))["answer"]!.GetValue<string>());
    }

    [Fact]
    public async Task Settings_WithoutOperator_AreClosed()
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put })
        {
            using var answer = await fixture.Simulator.SendAsync(method, Path, method == HttpMethod.Put ? new { } : null, asOperator: false);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private static async Task<JsonNode> ReadAsync(Simulator simulator)
    {
        using var answer = await simulator.SendAsync(HttpMethod.Get, Path);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
