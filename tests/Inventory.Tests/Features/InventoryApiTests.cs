using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts.Inventory;
using Argosy.Inventory.Tests.Support;

namespace Argosy.Inventory.Tests.Features;

public sealed class InventoryApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStock_KnownSku_ShowsTheFiguresWithATag()
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("TEA", 5);
        await host.ReserveAsync(Guid.CreateVersion7(), new ReservationLine("TEA", 2));

        using var answer = await host.Http.GetAsync("/api/inventory/TEA", Stop);

        Assert.Equal("""{"sku":"TEA","available":3,"onHand":5,"reserved":2,"version":2}""", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal("\"2\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task GetStock_UnknownSku_IsNotFound()
    {
        await using var host = await InventoryHost.StartAsync();

        using var answer = await host.Http.GetAsync("/api/inventory/NONE", Stop);

        await AssertProblemAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task SetStock_Operator_ChangesOnHandAndTellsOthers()
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("TEA", 5);
        await host.ReserveAsync(Guid.CreateVersion7(), new ReservationLine("TEA", 2));

        using var answer = await host.PutAsOperatorAsync("/api/inventory/TEA", new { onHand = 20 });

        Assert.Equal(18, (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["available"]!.GetValue<int>());
        Assert.Equal(new StockChanged("TEA", 3, 20, 2, 18), (await host.EventsAsync())[^1]);
    }

    [Fact]
    public async Task SetStock_BelowReserved_IsRefusedAndChangesNothing()
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("TEA", 5);
        await host.ReserveAsync(Guid.CreateVersion7(), new ReservationLine("TEA", 2));

        using var answer = await host.PutAsOperatorAsync("/api/inventory/TEA", new { onHand = 1 });

        await AssertProblemAsync(answer, HttpStatusCode.Conflict, "stock-below-reserved");
        Assert.Equal(5, (await host.StockAsync("TEA")).OnHand);
    }

    [Fact]
    public async Task SetStock_OldVersion_IsRefused()
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("TEA", 5);

        using var changed = await host.PutAsOperatorAsync("/api/inventory/TEA", new { onHand = 6 }, "\"1\"");
        using var refused = await host.PutAsOperatorAsync("/api/inventory/TEA", new { onHand = 7 }, "\"1\"");

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await AssertProblemAsync(refused, HttpStatusCode.PreconditionFailed, "precondition-failed");
        Assert.Equal(6, (await host.StockAsync("TEA")).OnHand);
    }

    [Theory]
    [InlineData("""{"onHand":-1}""")]
    [InlineData("""{"onHand":10000001}""")]
    [InlineData("""{"onHand":"five"}""")]
    [InlineData("""{"onHand":1.5}""")]
    [InlineData("""{"onHand":99999999999}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    public async Task SetStock_BadInput_IsRefusedAndChangesNothing(string body)
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("TEA", 5);

        using var answer = await host.PutAsOperatorAsync("/api/inventory/TEA", JsonNode.Parse(body)!);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(5, (await host.StockAsync("TEA")).OnHand);
    }

    [Fact]
    public async Task SetStock_UnknownSku_IsNotFound()
    {
        await using var host = await InventoryHost.StartAsync();

        using var answer = await host.PutAsOperatorAsync("/api/inventory/NONE", new { onHand = 1 });

        await AssertProblemAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task OperatorRoutes_Customer_AreForbidden()
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("TEA", 5);

        using var put = await host.Http.PutAsJsonAsync("/api/inventory/TEA", new { onHand = 1 }, Stop);
        using var list = await host.Http.GetAsync("/api/inventory", Stop);

        await AssertProblemAsync(put, HttpStatusCode.Forbidden, "operator-required");
        await AssertProblemAsync(list, HttpStatusCode.Forbidden, "operator-required");
    }

    [Fact]
    public async Task Reservations_OverHttp_ReserveCommitReleaseAndRefuse()
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("TEA", 5);
        var (path, other) = ($"/internal/inventory/reservations/{Guid.CreateVersion7()}", $"/internal/inventory/reservations/{Guid.CreateVersion7()}");

        using var reserved = await host.Http.PutAsJsonAsync(path, new ReserveStock([new("TEA", 4)], 60), Stop);
        using var refused = await host.Http.PutAsJsonAsync(other, new ReserveStock([new("TEA", 4)], 60), Stop);
        using var committed = await host.Http.PostAsync($"{path}/commit", null, Stop);
        using var refusedCommit = await host.Http.PostAsync($"{other}/commit", null, Stop);
        using var released = await host.Http.PostAsync($"{path}/release", null, Stop);
        using var lateCommit = await host.Http.PostAsync($"{path}/commit", null, Stop);
        using var late = await host.Http.PutAsJsonAsync(path, new ReserveStock([new("TEA", 4)], 60), Stop);
        using var unknown = await host.Http.PostAsync($"/internal/inventory/reservations/{Guid.CreateVersion7()}/commit", null, Stop);

        Assert.Equal("""{"reserved":true,"shortages":[]}""", await reserved.Content.ReadAsStringAsync(Stop));
        Assert.Equal("""{"reserved":false,"shortages":[{"sku":"TEA","wanted":4,"available":1}]}""", await refused.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.NoContent, committed.StatusCode);
        await AssertProblemAsync(refusedCommit, HttpStatusCode.Conflict, "reservation-refused");
        Assert.Equal(HttpStatusCode.NoContent, released.StatusCode);
        await AssertProblemAsync(lateCommit, HttpStatusCode.Conflict, "reservation-released");
        await AssertProblemAsync(late, HttpStatusCode.Conflict, "reservation-released");
        await AssertProblemAsync(unknown, HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("""{"lines":[],"leaseSeconds":60}""")]
    [InlineData("""{"lines":[{"sku":"TEA","quantity":0}],"leaseSeconds":60}""")]
    [InlineData("""{"lines":[{"sku":"TEA","quantity":-3}],"leaseSeconds":60}""")]
    [InlineData("""{"lines":[{"sku":"","quantity":1}],"leaseSeconds":60}""")]
    [InlineData("""{"lines":[{"sku":"TEA","quantity":1},{"sku":"TEA","quantity":1}],"leaseSeconds":60}""")]
    [InlineData("""{"lines":[{"sku":"TEA","quantity":1}],"leaseSeconds":0}""")]
    [InlineData("""{"leaseSeconds":60}""")]
    public async Task Reserve_BadInput_IsRefusedAndHoldsNothing(string body)
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("TEA", 5);

        using var answer = await host.Http.PutAsJsonAsync($"/internal/inventory/reservations/{Guid.CreateVersion7()}", JsonNode.Parse(body), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, (await host.StockAsync("TEA")).Reserved);
    }

    [Fact]
    public async Task ProductChanged_Twice_GivesNewSkusTheirStockOnce()
    {
        await using var host = await InventoryHost.StartAsync();
        await host.AddStockAsync("OLD", 5);
        var envelope = JsonNode.Parse("""
            {"specversion":"1.0","id":"event-1","source":"catalog","type":"product-changed","data":{"productId":"p","version":1,"slug":"tea","title":"Tea","category":"tea",
            "variants":[{"sku":"NEW","title":"n","price":{"amount":1,"currency":"EUR"},"initialStock":7},{"sku":"OLD","title":"o","price":{"amount":1,"currency":"EUR"},"initialStock":99}]}}
            """);

        for (var i = 0; i < 2; i++)
        {
            using var answer = await host.Http.PostAsJsonAsync("/events/product-changed", envelope, Stop);
            Assert.Contains("SUCCESS", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        Assert.Equal(7, (await host.StockAsync("NEW")).OnHand);
        Assert.Equal(5, (await host.StockAsync("OLD")).OnHand);
        Assert.Equal([new StockChanged("NEW", 1, 7, 0, 7)], await host.EventsAsync());
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["code"]!.GetValue<string>());
    }
}
