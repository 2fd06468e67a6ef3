using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Tests.Support;
using Argosy.Contracts;
using Argosy.Contracts.Inventory;
using Argosy.Testing;

namespace Argosy.Catalog.Tests.Features;

/// <summary>The service as a process of its own beside a real sidecar.</summary>
public sealed class CatalogBehindSidecarTests : IAsyncLifetime
{
    private CatalogProcess _catalog = null!;

    public async ValueTask InitializeAsync() => _catalog = await CatalogProcess.StartAsync();

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task StockChanged_Published_ShowsUpInTheList()
    {
        var item = (await _catalog.Http.GetFromJsonAsync<JsonElement>("/api/catalog/products?pageSize=1")).GetProperty("items")[0];
        var sku = item.GetProperty("variants")[0].GetProperty("sku").GetString()!;
        await _catalog.Dapr.PublishEventAsync(ComponentNames.PubSub, StockChanged.Topic, new StockChanged(sku, 1_000, 4_321, 0, 4_321));
        await Eventually.HoldsAsync("the list shows the new stock", async () =>
            (await _catalog.Http.GetFromJsonAsync<JsonElement>("/api/catalog/products?pageSize=1")).GetProperty("items")[0].GetProperty("variants")[0].GetProperty("available").GetInt32() == 4_321);
    }

    [Fact]
    public async Task List_Read_IsInTheStateStoreForOtherReplicas()
    {
        var body = await _catalog.Http.GetStringAsync("/api/catalog/products?pageSize=7&sort=title");
        await Eventually.HoldsAsync("the answer is in the state store", async () =>
        {
            var stored = await _catalog.Dapr.GetByteStateAsync(ComponentNames.StateStore, SharedCache.KeyOf("list::title:1:7"));
            return stored.Span.EndsWith(System.Text.Encoding.UTF8.GetBytes(body));
        });
    }
}
