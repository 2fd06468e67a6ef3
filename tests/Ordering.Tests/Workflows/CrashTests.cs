using Argosy.Ordering.Tests.Support;

namespace Argosy.Ordering.Tests.Workflows;

/// <summary>What was answered with 202 survives <c>kill -9</c> of anything.</summary>
public sealed class CrashTests
{
    private const string Sku = "TEA-1";

    [Fact]
    public async Task Order_KilledBetweenCommitAndWorkflowStart_IsStartedByRecovery()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.StockAsync(Sku, 100);
        shop.Baskets.Fill("ada", (Sku, 1));
        shop.Workflows.Cut();
        var id = await shop.SubmitAsync("ada");
        Assert.Equal(1, (await shop.AuditAsync("ordering"))["notStarted"]!.GetValue<int>());
        shop.Ordering.Kill();
        shop.Workflows.Open();

        await shop.Ordering.StartAsync();

        await shop.BecomesAsync(id, "ada", "confirmed");
        Assert.Equal(99, await shop.AvailableAsync(Sku));
        Assert.Equal(0, (await shop.AuditAsync("ordering"))["notStarted"]!.GetValue<int>());
    }

    [Fact]
    public async Task Cancel_WorkflowUnreachable_IsDeliveredOnceItCanBe()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.StockAsync(Sku, 100);
        shop.Baskets.Fill("ada", (Sku, 1));
        var id = await shop.SubmitAsync("ada");
        await shop.BecomesAsync(id, "ada", "confirmed");
        shop.Workflows.Cut();
        using (var answer = await shop.SendAsync(HttpMethod.Post, $"api/orders/{id}/cancel", "ada"))
            Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        shop.Ordering.Kill();
        shop.Workflows.Open();

        await shop.Ordering.StartAsync();

        await shop.BecomesAsync(id, "ada", "cancelled");
        Assert.Equal(100, await shop.AvailableAsync(Sku));
    }

    [Theory]
    [InlineData("ordering")]
    [InlineData("inventory")]
    [InlineData("sidecar")]
    public async Task Orders_ProcessKilledInTheMiddle_AllEndConfirmedOnce(string victim)
    {
        const int orders = 20;
        await using var shop = await Shop.OpenAsync();
        await shop.StockAsync(Sku, 100);
        for (var i = 0; i < orders; i++)
            shop.Baskets.Fill($"customer-{i}", (Sku, 2));
        var process = victim switch { "ordering" => shop.Ordering, "inventory" => shop.Inventory, _ => shop.Sidecar };

        var accepted = await Task.WhenAll(Enumerable.Range(0, orders).Select(i => shop.SubmitAsync($"customer-{i}")));
        process.Kill();
        await process.StartAsync();

        for (var i = 0; i < orders; i++)
            await shop.BecomesAsync(accepted[i], $"customer-{i}", "confirmed", TimeSpan.FromSeconds(60));
        Assert.Equal(100 - 2 * orders, await shop.AvailableAsync(Sku));
        var inventory = await shop.AuditAsync("inventory");
        Assert.Empty(inventory["broken"]!.AsArray());
        Assert.Equal(orders, inventory["reservations"]!["committed"]!.GetValue<int>());
    }
}
