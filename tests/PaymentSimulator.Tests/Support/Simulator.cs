using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts.Http;
using Argosy.Testing;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Support;

/// <summary>The service as a real process behind a real sidecar process, talked to with Stripe's own client, and a receiver of its webhooks in
/// the gateway's place.</summary>
internal sealed class Simulator : IAsyncDisposable
{
    public const string SecretKey = "sk_test_of_the_test";
    public const string WebhookSecret = "whsec_of_the_test";
    public const string ReturnUrl = "https://shop.example/orders/1?x=y";
    private const string ApiToken = "api-token-of-the-test";
    private const string AppToken = "app-token-of-the-test";

    private readonly TempFolder _folder = new();
    private readonly SidecarProcess _sidecar;
    private readonly HttpClient _sidecarHttp;
    private readonly Ports _own = new(FreePort.Next(), FreePort.Next(), FreePort.Next());
    private readonly Ports _gateway = new(FreePort.Next(), FreePort.Next(), FreePort.Next());

    private Simulator(string database)
    {
        Address = new Uri($"http://127.0.0.1:{_own.App}");
        WriteFiles(database);
        _sidecar = SidecarProcess.ForTopology(_folder.Path, "topology.json", _gateway.Http, _gateway.Grpc);
        _sidecarHttp = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_gateway.Http}/v1.0/invoke/paymentsimulator/method/") };
        _sidecarHttp.DefaultRequestHeaders.Add("dapr-api-token", ApiToken);
        Process = new ServiceProcess("Argosy.PaymentSimulator", "", _folder.Path, new Dictionary<string, string>
        {
            ["APP_ID"] = "paymentsimulator",
            ["APP_PORT"] = $"{_own.App}",
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["DAPR_HTTP_PORT"] = $"{_own.Http}",
            ["DAPR_GRPC_PORT"] = $"{_own.Grpc}",
            ["DAPR_API_TOKEN"] = ApiToken,
            ["APP_API_TOKEN"] = AppToken,
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
        }, new Uri(Address, "/health/ready"));
        Http = new HttpClient { BaseAddress = Address };
        Client = NewClient();
    }

    public Uri Address { get; }

    public ServiceProcess Process { get; }

    public WebhookReceiver Webhooks { get; } = new(WebhookSecret);

    /// <summary>Straight to the service, as the gateway's clients come.</summary>
    public HttpClient Http { get; }

    public StripeClient Client { get; }

    public PaymentIntentService Intents => new(Client);

    public RefundService Refunds => new(Client);

    public static async Task<Simulator> OpenAsync(string database = "sqlite:simulator.db")
    {
        var simulator = new Simulator(database);
        await simulator.Webhooks.StartAsync(simulator._gateway.App);
        await simulator._sidecar.StartAsync();
        await simulator.Process.StartAsync();
        return simulator;
    }

    /// <param name="key">The API key.</param>
    /// <param name="patience">How long the client waits for an answer.</param>
    /// <param name="retries">How often the client repeats a call by itself.</param>
    public StripeClient NewClient(string key = SecretKey, TimeSpan? patience = null, int retries = 0) => new(
        key,
        httpClient: new SystemNetHttpClient(new HttpClient { Timeout = patience ?? TimeSpan.FromSeconds(60) }, maxNetworkRetries: retries, enableTelemetry: false),
        apiBase: Address.ToString().TrimEnd('/'));

    /// <summary>Pays as Payment does.</summary>
    public Task<PaymentIntent> PayAsync(string method = "pm_card_visa", string captureMethod = "manual", long amount = 1999, string? key = null, string? order = null, StripeClient? client = null) =>
        new PaymentIntentService(client ?? Client).CreateAsync(Options(method, captureMethod, amount, order), key is null ? null : new RequestOptions { IdempotencyKey = key });

    public static PaymentIntentCreateOptions Options(string? method = "pm_card_visa", string captureMethod = "manual", long amount = 1999, string? order = null, bool confirm = true) => new()
    {
        Amount = amount,
        Currency = "EUR",
        Confirm = confirm,
        CaptureMethod = captureMethod,
        PaymentMethod = method,
        ReturnUrl = confirm ? ReturnUrl : null,
        Description = "Order A-1",
        Metadata = new Dictionary<string, string> { ["order_id"] = order ?? Guid.CreateVersion7().ToString() },
    };

    /// <summary>A request to the service's own API on behalf of an operator, through the sidecars as the gateway sends it.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, bool asOperator = true)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (asOperator)
            request.Headers.Add(ArgosyHeaders.Role, "operator");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await _sidecarHttp.SendAsync(request);
    }

    public async Task SetAsync(object settings)
    {
        using var answer = await SendAsync(HttpMethod.Put, "api/payments/simulator", settings);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<JsonNode> AuditAsync() => (await _sidecarHttp.GetFromJsonAsync<JsonNode>(new Uri("internal/paymentsimulator/audit", UriKind.Relative)))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _sidecarHttp.Dispose();
        Process.Dispose();
        await _sidecar.DisposeAsync();
        await Webhooks.DisposeAsync();
        _folder.Dispose();
    }

    private void WriteFiles(string database)
    {
        _folder.Write("resources/secretstore.yaml", System.IO.File.ReadAllText(Path.Combine(Repository.Root, "components", "embedded", "secretstore.yaml")));
        _folder.Write("secrets.json", JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["paymentsimulator-db"] = database,
            ["stripe-secret-key"] = SecretKey,
            ["stripe-webhook-secret"] = WebhookSecret,
        }));
        _folder.Write("topology.json", JsonSerializer.Serialize(new
        {
            apps = new[] { ("paymentsimulator", _own), ("gateway", _gateway) }.Select(app => new
            {
                appId = app.Item1,
                replicas = new[] { new { httpPort = app.Item2.Http, grpcPort = app.Item2.Grpc, appPort = app.Item2.App } },
                resourcesPaths = new[] { _folder.File("resources") },
                apiToken = ApiToken,
                appToken = AppToken,
            }),
        }));
    }

    private sealed record Ports(int Http, int Grpc, int App);
}
