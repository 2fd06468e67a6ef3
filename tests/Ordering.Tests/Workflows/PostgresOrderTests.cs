using System.Net;
using Argosy.Ordering.Tests.Support;

namespace Argosy.Ordering.Tests.Workflows;

/// <summary>The statements that are written by hand, and the way of an order, with both services on PostgreSQL.</summary>
public sealed class PostgresOrderTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Sku = "TEA-1";

    [Fact]
    public async Task Order_OnPostgres_IsAcceptedOnceRecoveredConfirmedAndCancelled()
    {
        await using var shop = await Shop.OpenAsync(postgres.CreateDatabase(), postgres.CreateDatabase());
        await shop.StockAsync(Sku, 10);
        shop.Baskets.Fill("ada", (Sku, 3));
        shop.Workflows.Cut();
        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.SubmitAsync("ada", "once")));
        var id = Assert.Single(ids.Distinct());
        shop.Ordering.Kill();
        shop.Workflows.Open();

        await shop.Ordering.StartAsync();

        await shop.BecomesAsync(id, "ada", "confirmed");
        Assert.Equal(7, await shop.AvailableAsync(Sku));
        using (var answer = await shop.SendAsync(HttpMethod.Post, $"api/orders/{id}/cancel", "ada"))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await shop.BecomesAsync(id, "ada", "cancelled");
        Assert.Equal(10, await shop.AvailableAsync(Sku));
        Assert.Empty((await shop.AuditAsync("inventory"))["broken"]!.AsArray());
    }
}
