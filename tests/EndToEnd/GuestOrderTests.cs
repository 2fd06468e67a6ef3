using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Testing;
using Xunit;

namespace Argosy.EndToEnd;

/// <summary>What a guest does, through the public API.</summary>
[Collection(OneStoreForAll.Name)]
public sealed class GuestOrderTests(SharedStore shared)
{
    private readonly Store _store = shared.Store;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guest_OrdersTwoItems_BecomesConfirmed()
    {
        using var shopper = new Shopper(_store);
        var skus = await shopper.SkusAsync(2);
        await shopper.PutAsync(skus[0], 1);
        await shopper.PutAsync(skus[1], 3);
        var basket = await shopper.Http.GetFromJsonAsync<JsonElement>("/api/basket", Ct);

        var id = await shopper.OrderAsync();

        Assert.Equal("confirmed", await shopper.SettledAsync(id));
        var order = await shopper.GetOrderAsync(id);
        Assert.Equal(basket.GetProperty("total").GetRawText(), order.GetProperty("total").GetRawText());
        Assert.Equal(2, order.GetProperty("items").GetArrayLength());
        Assert.Equal("Hamburg", order.GetProperty("shippingAddress").GetProperty("city").GetString());
        await Eventually.HoldsAsync("the basket is empty", async () =>
            (await shopper.Http.GetFromJsonAsync<JsonElement>("/api/basket", Ct)).GetProperty("items").GetArrayLength() == 0);
        var own = await shopper.Http.GetFromJsonAsync<JsonElement>("/api/orders", Ct);
        Assert.Equal(id, own.GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Order_Confirmed_HoldsItsStock()
    {
        using var shopper = new Shopper(_store);
        var sku = (await shopper.SkusAsync(5))[4];
        var before = await StockAsync(shopper, sku);
        await shopper.PutAsync(sku, 2);
        Assert.Equal("confirmed", await shopper.SettledAsync(await shopper.OrderAsync()));
        Assert.Equal(before - 2, await StockAsync(shopper, sku));
    }

    [Fact]
    public async Task Order_Cancelled_GivesItsStockBack()
    {
        using var shopper = new Shopper(_store);
        var sku = (await shopper.SkusAsync(6))[5];
        var before = await StockAsync(shopper, sku);
        await shopper.PutAsync(sku, 2);
        var id = await shopper.OrderAsync();
        await shopper.SettledAsync(id);
        using var cancel = await shopper.Http.PostAsync(new Uri($"/api/orders/{id}/cancel", UriKind.Relative), null, Ct);
        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);
        await Eventually.HoldsAsync("the order is cancelled", async () => (await shopper.GetOrderAsync(id)).GetProperty("status").GetString() == "cancelled");
        await Eventually.HoldsAsync("the stock is back", async () => await StockAsync(shopper, sku) == before);
    }

    [Fact]
    public async Task Order_SameKeyTenTimesAtOnce_IsOneOrder()
    {
        using var shopper = new Shopper(_store);
        await shopper.PutAsync((await shopper.SkusAsync(1))[0], 1);
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shopper.SubmitAsync(key)));

        var ids = new HashSet<Guid>();
        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            ids.Add(await Shopper.OrderIdAsync(answer));
            answer.Dispose();
        }
        var id = Assert.Single(ids);
        Assert.Equal("confirmed", await shopper.SettledAsync(id));
        var own = await shopper.Http.GetFromJsonAsync<JsonElement>("/api/orders", Ct);
        Assert.Equal(1, own.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task LastItem_TwentyBuyersAtOnce_OneGetsIt()
    {
        using var scout = new Shopper(_store);
        var sku = (await scout.SkusAsync(9))[8];
        using var desk = _store.Operator();
        using var stock = await desk.PutAsJsonAsync($"/api/inventory/{sku}", new { onHand = 1 }, Ct);
        Assert.Equal(HttpStatusCode.OK, stock.StatusCode);
        var shoppers = Enumerable.Range(0, 20).Select(_ => new Shopper(_store)).ToList();
        await Task.WhenAll(shoppers.Select(shopper => shopper.PutAsync(sku, 1)));

        var outcomes = await Task.WhenAll(shoppers.Select(async shopper =>
        {
            var id = await shopper.OrderAsync();
            var status = await shopper.SettledAsync(id);
            return (status, order: await shopper.GetOrderAsync(id));
        }));

        Assert.Equal(1, outcomes.Count(outcome => outcome.status == "confirmed"));
        Assert.All(outcomes.Where(outcome => outcome.status != "confirmed"), outcome =>
            Assert.Contains("out-of-stock", outcome.order.GetRawText(), StringComparison.Ordinal));
        Assert.Equal(0, await StockAsync(scout, sku));
        shoppers.ForEach(shopper => shopper.Dispose());
    }

    [Fact]
    public async Task Timeline_TellsTheOrdersSteps()
    {
        using var shopper = new Shopper(_store);
        await shopper.PutAsync((await shopper.SkusAsync(3))[2], 1);
        var id = await shopper.OrderAsync();
        await shopper.SettledAsync(id);
        using var desk = _store.Operator();
        var timeline = (await desk.GetFromJsonAsync<JsonElement>($"/api/orders/{id}/timeline", Ct)).GetRawText();
        Assert.Contains("submitted", timeline, StringComparison.Ordinal);
        Assert.Contains("confirmed", timeline, StringComparison.Ordinal);
    }

    private static async Task<int> StockAsync(Shopper shopper, string sku) =>
        (await shopper.Http.GetFromJsonAsync<JsonElement>($"/api/inventory/{sku}", Ct)).GetProperty("available").GetInt32();
}
