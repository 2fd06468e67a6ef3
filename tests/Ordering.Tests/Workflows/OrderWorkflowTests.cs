using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Argosy.Ordering.Tests.Support;
using Argosy.Testing;

namespace Argosy.Ordering.Tests.Workflows;

/// <summary>The paths of an order through the real engine, with the real Inventory.</summary>
public sealed class OrderWorkflowTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private readonly string _customer = $"customer-{Guid.NewGuid():N}";
    private readonly string _sku = $"SKU-{Guid.NewGuid():N}";

    private Shop Shop => fixture.Shop;

    [Fact]
    public async Task Order_InStock_IsConfirmedAndHoldsItsStock()
    {
        await Shop.StockAsync(_sku, 10);
        Shop.Baskets.Fill(_customer, (_sku, 3));

        var id = await Shop.SubmitAsync(_customer);

        await Shop.BecomesAsync(id, _customer, "confirmed");
        var stock = (await Shop.StockOfAsync(_sku))!;
        Assert.Equal((10, 3, 7), (stock["onHand"]!.GetValue<int>(), stock["reserved"]!.GetValue<int>(), stock["available"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Order_OneLineShort_IsCancelledAndHoldsNothing()
    {
        await Shop.StockAsync(_sku, 10);
        await Shop.StockAsync($"{_sku}-SOLD-OUT", 0);
        Shop.Baskets.Fill(_customer, (_sku, 3), ($"{_sku}-SOLD-OUT", 1));

        var id = await Shop.SubmitAsync(_customer);

        await Shop.BecomesAsync(id, _customer, "cancelled");
        Assert.Equal("out-of-stock", (await Shop.OrderAsync(id, _customer))["cancelReason"]!.GetValue<string>());
        Assert.Equal(10, await Shop.AvailableAsync(_sku));
    }

    [Fact]
    public async Task Order_TwentyBuyersForOneUnit_OneIsConfirmedAndTheOthersAreRefused()
    {
        await Shop.StockAsync(_sku, 1);
        var customers = Enumerable.Range(0, 20).Select(i => $"{_customer}-{i}").ToList();
        customers.ForEach(customer => Shop.Baskets.Fill(customer, (_sku, 1)));

        var ids = await Task.WhenAll(customers.Select(customer => Shop.SubmitAsync(customer)));

        var orders = await Task.WhenAll(ids.Zip(customers, FinalAsync));
        Assert.Single(orders, order => order["status"]!.GetValue<string>() == "confirmed");
        Assert.Equal(19, orders.Count(order => order["cancelReason"]?.GetValue<string>() == "out-of-stock"));
        Assert.Equal(0, await Shop.AvailableAsync(_sku));
    }

    [Fact]
    public async Task Cancel_ConfirmedOrder_ReleasesItsStock()
    {
        await Shop.StockAsync(_sku, 10);
        Shop.Baskets.Fill(_customer, (_sku, 3));
        var id = await Shop.SubmitAsync(_customer);
        await Shop.BecomesAsync(id, _customer, "confirmed");

        using (var answer = await CancelAsync(id))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await Shop.BecomesAsync(id, _customer, "cancelled");
        Assert.Equal("customer-request", (await Shop.OrderAsync(id, _customer))["cancelReason"]!.GetValue<string>());
        Assert.Equal(10, await Shop.AvailableAsync(_sku));
        using var again = await CancelAsync(id);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Cancel_RightAfterSubmit_EndsCancelledWithoutStock()
    {
        await Shop.StockAsync(_sku, 10);
        Shop.Baskets.Fill(_customer, (_sku, 3));
        var id = await Shop.SubmitAsync(_customer);

        using (var answer = await CancelAsync(id))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await Shop.BecomesAsync(id, _customer, "cancelled");
        Assert.Equal(10, await Shop.AvailableAsync(_sku));
    }

    [Fact]
    public async Task Timeline_ConfirmedOrder_TellsStatusesAndSteps()
    {
        await Shop.StockAsync(_sku, 10);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        var id = await Shop.SubmitAsync(_customer);
        await Shop.BecomesAsync(id, _customer, "confirmed");

        JsonNode timeline = null!;
        await Eventually.HoldsAsync("the workflow waits for shipment", async () =>
        {
            using var answer = await Shop.GetAsync($"api/orders/{id}/timeline", null, ("X-Argosy-Role", "operator"));
            timeline = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            return timeline["stage"]?.GetValue<string>() == "awaiting-shipment";
        });

        var entries = timeline["entries"]!.AsArray();
        Assert.Equal(["submitted", "confirmed"], Names("status"));
        Assert.Equal(["started", "step-begun", "step-done", "step-begun", "step-done", "step-begun", "step-done"], Names("workflow").Where(name => name.StartsWith("st", StringComparison.Ordinal)));
        Assert.Equal(entries.Select(At).Order(), entries.Select(At));

        string[] Names(string kind) => [.. entries.Where(entry => entry!["kind"]!.GetValue<string>() == kind).Select(entry => entry!["name"]!.GetValue<string>())];
        static DateTimeOffset At(JsonNode? entry) => entry!["at"]!.GetValue<DateTimeOffset>();
    }

    private Task<HttpResponseMessage> CancelAsync(string id) => Shop.SendAsync(HttpMethod.Post, $"api/orders/{id}/cancel", _customer);

    private async Task<JsonNode> FinalAsync(string id, string customer)
    {
        JsonNode order = null!;
        await Eventually.HoldsAsync($"order {id} is final", async () => (order = await Shop.OrderAsync(id, customer))["status"]!.GetValue<string>() != "submitted");
        return order;
    }
}
