using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts;
using Argosy.Contracts.Catalog;
using Argosy.Contracts.Http;
using Argosy.ServiceDefaults;
using Argosy.Testing;

namespace Argosy.Ordering.Tests.Support;

/// <summary>Ordering and Inventory as real processes behind a real sidecar process, with stand-ins for Basket and Payment. Calls go the way the
/// gateway's do: through the sidecar.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private const string ApiToken = "api-token-of-the-test";
    private const string AppToken = "app-token-of-the-test";

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, Ports> _ports = new[] { "ordering", "inventory", "basket", "payment" }.ToDictionary(app => app, _ => new Ports(FreePort.Next(), FreePort.Next(), FreePort.Next()));
    private readonly HttpClient _http;

    private Shop(IReadOnlyDictionary<string, string> settings)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ports["basket"].Http}") };
        _http.DefaultRequestHeaders.Add("dapr-api-token", ApiToken);
        Sidecar = new ServiceProcess(
            "Argosy.Sidecar", "--topology topology.json", _folder.Path, new Dictionary<string, string>(), new Uri($"http://127.0.0.1:{_ports["basket"].Http}/v1.0/healthz/outbound"));
        Workflows = new TcpGate(_ports["ordering"].Grpc);
        Ordering = Service("ordering", "Argosy.Ordering", settings);
        Inventory = Service("inventory", "Argosy.Inventory", new Dictionary<string, string>());
    }

    public ServiceProcess Sidecar { get; }

    public ServiceProcess Ordering { get; }

    public ServiceProcess Inventory { get; }

    /// <summary>Ordering's wire to the workflow engine and to its secrets; calls to other services do not use it.</summary>
    public TcpGate Workflows { get; }

    public BasketStandIn Baskets { get; } = new();

    public PaymentStandIn Payments { get; } = new();

    /// <param name="orderingDatabase">Address of Ordering's database; a SQLite file of the test's own otherwise.</param>
    /// <param name="settings">Settings of Ordering beside its defaults.</param>
    public static async Task<Shop> OpenAsync(
        string orderingDatabase = "sqlite:ordering.db", string inventoryDatabase = "sqlite:inventory.db", IReadOnlyDictionary<string, string>? settings = null)
    {
        var shop = new Shop(settings ?? new Dictionary<string, string>());
        shop.WriteFiles(orderingDatabase, inventoryDatabase);
        await shop.Baskets.StartAsync(shop._ports["basket"].App);
        await shop.Payments.StartAsync(shop._ports["payment"].App);
        await shop.Sidecar.StartAsync();
        await Task.WhenAll(shop.Inventory.StartAsync(), shop.Ordering.StartAsync());
        return shop;
    }

    /// <summary>Puts a SKU into the warehouse the way it gets there: Catalog announces a product.</summary>
    public async Task StockAsync(string sku, int units)
    {
        var product = new ProductChanged($"product-{sku}", 1, sku.ToLowerInvariant(), sku, "test", [new ProductChangedVariant(sku, sku, new Money(450, "EUR"), units)]);
        await PublishAsync(product);
        await Eventually.HoldsAsync($"{sku} is in stock", async () => (await StockOfAsync(sku)) is not null);
    }

    public async Task<JsonNode?> StockOfAsync(string sku)
    {
        using var answer = await _http.GetAsync(Invoke("inventory", $"api/inventory/{sku}"));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode>() : null;
    }

    public async Task<int> AvailableAsync(string sku) => (await StockOfAsync(sku))!["available"]!.GetValue<int>();

    /// <summary>A request to Ordering on behalf of a customer.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? customer, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, Invoke("ordering", path));
        if (customer is not null)
            request.Headers.Add(ArgosyHeaders.Customer, customer);
        request.Headers.Add(ArgosyHeaders.Origin, "https://shop.example");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: ArgosyJson.Options);
        return await _http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> SendRawAsync(string path, string customer, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Invoke("ordering", path)) { Content = content };
        request.Headers.Add(ArgosyHeaders.Customer, customer);
        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? customer, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, customer, null, headers);

    /// <summary>Submits the customer's basket and returns the order's id.</summary>
    public async Task<string> SubmitAsync(string customer, string? key = null, string token = "pm_card_visa")
    {
        using var answer = await SendAsync(HttpMethod.Post, "api/orders", customer, ValidOrder(token), key is null ? [] : [(ArgosyHeaders.IdempotencyKey, key)]);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["orderId"]!.GetValue<string>();
    }

    public async Task<JsonNode> OrderAsync(string id, string customer)
    {
        using var answer = await GetAsync($"api/orders/{id}", customer);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public async Task BecomesAsync(string id, string customer, string status, TimeSpan? deadline = null)
    {
        try
        {
            await Eventually.HoldsAsync($"order {id} is {status}", async () => (await OrderAsync(id, customer))["status"]!.GetValue<string>() == status, deadline);
        }
        catch (TimeoutException failure)
        {
            using var timeline = await GetAsync($"api/orders/{id}/timeline", customer);
            throw new TimeoutException($"{failure.Message}\n{await timeline.Content.ReadAsStringAsync()}\n{Ordering.Output}\n{Inventory.Output}\n{Sidecar.Output}", failure);
        }
    }

    /// <summary>Announces an event on behalf of another service.</summary>
    public async Task PublishAsync<TEvent>(TEvent message) where TEvent : IEvent
    {
        using var published = await _http.PostAsJsonAsync($"/v1.0/publish/{ComponentNames.PubSub}/{TEvent.Topic}", message, ArgosyJson.Options);
        published.EnsureSuccessStatusCode();
    }

    public Task<HttpResponseMessage> ShipAsync(string id, object? shipment = null) =>
        SendAsync(HttpMethod.Post, $"api/orders/{id}/shipments", null, shipment ?? new { }, (ArgosyHeaders.Role, "operator"));

    public async Task<JsonNode> AuditAsync(string service) =>
        (await _http.GetFromJsonAsync<JsonNode>(Invoke(service, $"internal/{service}/audit")))!;

    public static object ValidOrder(string token = "pm_card_visa") => new
    {
        email = "ada@example.org",
        shippingAddress = new { name = "Ada Lovelace", line1 = "12 St James's Square", city = "London", postalCode = "SW1Y 4JH", country = "GB" },
        paymentMethod = new { type = "card", token },
    };

    public string DatabaseFile => _folder.File("ordering.db");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Ordering.Dispose();
        Workflows.Dispose();
        Inventory.Dispose();
        Sidecar.Dispose();
        await Baskets.DisposeAsync();
        await Payments.DisposeAsync();
        _folder.Dispose();
    }

    private static Uri Invoke(string app, string path) => new($"/v1.0/invoke/{app}/method/{path}", UriKind.Relative);

    private ServiceProcess Service(string app, string project, IReadOnlyDictionary<string, string> settings)
    {
        var ports = _ports[app];
        var environment = new Dictionary<string, string>(settings)
        {
            ["APP_ID"] = app,
            ["APP_PORT"] = ports.App.ToString(),
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ports.App}",
            ["DAPR_HTTP_PORT"] = ports.Http.ToString(),
            ["DAPR_GRPC_PORT"] = (app == "ordering" ? Workflows.Port : ports.Grpc).ToString(),
            ["DAPR_API_TOKEN"] = ApiToken,
            ["APP_API_TOKEN"] = AppToken,
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
        };
        return new ServiceProcess(project, "", _folder.Path, environment, new Uri($"http://127.0.0.1:{ports.App}/health/ready"));
    }

    private void WriteFiles(string orderingDatabase, string inventoryDatabase)
    {
        foreach (var component in new[] { "pubsub", "secretstore", "statestore" })
            _folder.Write($"resources/{component}.yaml", File.ReadAllText(Path.Combine(Repository.Root, "components", "embedded", $"{component}.yaml")));
        _folder.Write("secrets.json", JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["ordering-db"] = orderingDatabase,
            ["inventory-db"] = inventoryDatabase,
            ["ordering-data-key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        }));
        _folder.Write("topology.json", JsonSerializer.Serialize(new
        {
            apps = _ports.Select(app => new
            {
                appId = app.Key,
                replicas = new[] { new { httpPort = app.Value.Http, grpcPort = app.Value.Grpc, appPort = app.Value.App } },
                resourcesPaths = new[] { _folder.File("resources") },
                apiToken = ApiToken,
                appToken = AppToken,
            }),
        }));
    }

    private sealed record Ports(int Http, int Grpc, int App);
}
