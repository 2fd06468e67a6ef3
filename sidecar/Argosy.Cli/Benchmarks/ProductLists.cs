using System.Text.Json;

namespace Argosy.Cli.Benchmarks;

/// <summary>Shoppers who page through the catalog: the list with prices, through gateway and sidecar.</summary>
internal static class ProductLists
{
    private const int PageSize = 20;
    private const int Pages = 20;

    public static LoadResult Run(Uri store, int connections, TimeSpan warmUp, TimeSpan measured)
    {
        var requests = Enumerable.Range(1, Pages).Select(page => LeanHttpClient.Request("GET", $"/api/catalog/products?page={page}&pageSize={PageSize}")).ToArray();
        return LoadPhase.Run(connections, warmUp, measured, index => new Browser(store, requests, index));
    }

    /// <summary>Every SKU that can be bought.</summary>
    public static IReadOnlyList<string> Skus(Uri store)
    {
        using var client = new LeanHttpClient(store);
        var skus = new List<string>();
        for (var page = 1; ; page++)
        {
            var status = client.Send(LeanHttpClient.Request("GET", $"/api/catalog/products?page={page}&pageSize=100"));
            if (status != 200)
                throw new CliException($"the product list answers {status}: the store does not run as it should");
            using var list = JsonDocument.Parse(client.Body.ToArray());
            var items = list.RootElement.GetProperty("items");
            skus.AddRange(items.EnumerateArray()
                .SelectMany(item => item.GetProperty("variants").EnumerateArray())
                .Where(variant => variant.GetProperty("available").GetInt32() > 0)
                .Select(variant => variant.GetProperty("sku").GetString()!));
            if (items.GetArrayLength() == 0 || page * 100 >= list.RootElement.GetProperty("total").GetInt32())
                return skus;
        }
    }

    private sealed class Browser(Uri store, byte[][] requests, int first) : ILoadClient
    {
        private readonly LeanHttpClient _http = new(store);
        private int _next = first;

        // A whole page is some kilobytes; parsing each answer would cost more than giving it.
        public bool Turn() => _http.Send(requests[_next++ % requests.Length]) == 200 && _http.Body.Length > PageSize * 100 && _http.Body.EndsWith("}"u8);

        public void Dispose() => _http.Dispose();
    }
}
