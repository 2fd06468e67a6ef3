using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts;
using Argosy.Contracts.Payment;
using Argosy.Payment.Tests.Support;
using Argosy.Testing;

namespace Argosy.Payment.Tests.Payments;

/// <summary>Neither a charge nor the duty to undo one is lost with the process.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task Payment_KilledWhileTheGatewayWorks_ChargesOnceUndoesAllAndKeepsItsBooks()
    {
        await using var till = await Till.OpenAsync(publishableKey: "pk_test_1");

        // Between the gateway's charge and our commit: asked again.
        var charged = Guid.CreateVersion7();
        await KillDuringAsync(till, charged, "create", () => till.PutAsync(charged, Till.Request()));
        Assert.Equal(new PaymentResult(PaymentState.Pending), await till.GetAsync(charged));
        Assert.Equal(PaymentState.Authorized, (await till.AuthorizeAsync(charged)).State);
        Assert.Single(till.Stripe.IntentsOf(charged));

        // The same between the gateway's capture and our commit.
        await KillDuringAsync(till, charged, "capture", () => till.SendAsync(HttpMethod.Post, $"internal/payments/{charged}/capture"));
        Assert.Equal(PaymentState.Captured, (await till.CaptureAsync(charged)).State);

        // The same, but never asked again: given up instead.
        var abandoned = Guid.CreateVersion7();
        await KillDuringAsync(till, abandoned, "create", () => till.PutAsync(abandoned, Till.Request()));
        Assert.True(Assert.Single(till.Stripe.IntentsOf(abandoned)).Holds);
        Assert.Equal(PaymentState.Voided, (await till.VoidAsync(abandoned)).State);

        // Between our commit and the gateway's cancellation, and never repeated: found by the sweep.
        var given = Guid.CreateVersion7();
        await till.AuthorizeAsync(given);
        await KillDuringAsync(till, given, "cancel", () => till.SendAsync(HttpMethod.Post, $"internal/payments/{given}/void"), takesEffect: false);
        Assert.True(Assert.Single(till.Stripe.IntentsOf(given)).Holds);
        await till.UndoneAsync(given);

        Assert.DoesNotContain(till.Stripe.IntentsOf(abandoned).Concat(till.Stripe.IntentsOf(given)), intent => intent.Holds);
        await till.HeardAsync(charged, "payment-authorized payment-captured");
        await till.HeardAsync(abandoned, "");
        await till.HeardAsync(given, "payment-authorized");
        var audit = await till.AuditAsync();
        Assert.Equal(
            """{"payments":3,"byState":{"captured":1,"voided":2},"ledgerSum":0,"balances":[{"account":"authorization-hold","currency":"EUR","balance":0},{"account":"cash","currency":"EUR","balance":1999},{"account":"customer","currency":"EUR","balance":-1999}],"undoing":0,"broken":[]}""",
            audit.ToJsonString());
        using var config = await till.SendAsync(HttpMethod.Get, "api/payments/config");
        Assert.Equal("pk_test_1", (await config.Content.ReadFromJsonAsync<JsonNode>())!["publishableKey"]!.GetValue<string>());
    }

    [Fact]
    public async Task Payment_KilledWithTheSimulatorBetweenChargeAndCommit_IsChargedOnce()
    {
        var orderId = Guid.CreateVersion7();
        await using var till = await Till.OpenAsync(withSimulator: true, timeoutSeconds: 5);
        var request = till.PutAsync(orderId, Till.Request("pm_sim_timeoutAfterCharge"));
        await Eventually.HoldsAsync("the gateway has charged", async () => (await till.AuditAsync(AppIds.PaymentSimulator))["authorized"]!.GetValue<long>() == 1999);
        till.Payment.Kill();
        (await request).Dispose();
        till.Simulator!.Kill();
        await Task.WhenAll(till.Simulator.StartAsync(), till.Payment.StartAsync());

        Assert.Equal(PaymentState.Authorized, (await till.AuthorizeAsync(orderId, "pm_sim_timeoutAfterCharge")).State);

        await till.HeardAsync(orderId, "payment-authorized");
        await till.BooksAgreeAsync();
    }

    /// <summary>Kills Payment while it waits for the gateway's answer, and starts it again.</summary>
    private static async Task KillDuringAsync(Till till, Guid orderId, string operation, Func<Task<HttpResponseMessage>> request, bool takesEffect = true)
    {
        var arrived = new TaskCompletionSource();
        till.Stripe.On(orderId, async (call, proceed) =>
        {
            if (call.Operation != operation)
                return proceed();
            if (takesEffect)
                proceed();
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return null;
        });
        var answer = request();
        await arrived.Task;
        till.Payment.Kill();
        (await answer).Dispose();
        till.Stripe.Follow(orderId);
        await till.Payment.StartAsync();
    }
}
