using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts;
using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.Payment.Infrastructure.Persistence;
using Argosy.Payment.Infrastructure.Persistence.Postgres;
using Argosy.Payment.Infrastructure.Persistence.Sqlite;
using Argosy.ServiceDefaults;
using Argosy.Testing;
using Microsoft.EntityFrameworkCore;
using Stripe;

namespace Argosy.Payment.Tests.Support;

/// <summary>Payment as a real process behind a real sidecar process, with a gateway behind the HTTPEndpoint <c>psp</c>, and a listener that calls
/// and hears as Ordering does.</summary>
internal sealed class Till : IAsyncDisposable
{
    public const string SecretKey = "sk_test_stand_in";
    public const string WebhookSecret = "whsec_of_the_test";

    private const string ApiToken = "api-token-of-the-test";
    private const string AppToken = "app-token-of-the-test";

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, Ports> _ports =
        new[] { AppIds.Payment, AppIds.PaymentSimulator, AppIds.Ordering, AppIds.Gateway }.ToDictionary(app => app, _ => new Ports(FreePort.Next(), FreePort.Next(), FreePort.Next()));
    private readonly EdgeStandIn _edge = new();
    private readonly HttpClient _http;
    private readonly string _database;

    private Till(string database, bool withSimulator, double timeoutSeconds)
    {
        _database = database;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ports[AppIds.Ordering].Http}"), Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Add("dapr-api-token", ApiToken);
        Sidecar = new ServiceProcess("Argosy.Sidecar", "--topology topology.json", _folder.Path, new Dictionary<string, string>(), new Uri(_http.BaseAddress, "/v1.0/healthz/outbound"));
        Payment = Service(AppIds.Payment, "Argosy.Payment", new()
        {
            ["PaymentGateway__TimeoutSeconds"] = timeoutSeconds.ToString(),
            ["PaymentGateway__UndoIntervalSeconds"] = "0.1",
            ["PaymentGateway__UndoClaimSeconds"] = "3",
        });
        if (withSimulator)
            Simulator = Service(AppIds.PaymentSimulator, "Argosy.PaymentSimulator", []);
    }

    public ServiceProcess Sidecar { get; }

    public ServiceProcess Payment { get; }

    /// <summary>Null where the stand-in plays the gateway.</summary>
    public ServiceProcess? Simulator { get; }

    public StripeStandIn Stripe { get; } = new();

    public EventListener Events { get; } = new();

    /// <param name="database">Address of Payment's database; a SQLite file of the test's own otherwise.</param>
    /// <param name="timeoutSeconds">How long Payment waits for the gateway.</param>
    /// <param name="secretKey">What Payment knows as its key at the gateway.</param>
    public static async Task<Till> OpenAsync(string database = "sqlite:payment.db", bool withSimulator = false, double timeoutSeconds = 10, string secretKey = SecretKey, string publishableKey = "")
    {
        var till = new Till(database, withSimulator, timeoutSeconds);
        till.WriteFiles(secretKey, publishableKey);
        await till.Events.StartAsync(till._ports[AppIds.Ordering].App);
        if (withSimulator)
            await till._edge.StartAsync(till._ports[AppIds.Gateway].App, till._ports[AppIds.Gateway].Http, ApiToken);
        else
            await till.Stripe.StartAsync(till._ports[AppIds.PaymentSimulator].App);
        await till.Sidecar.StartAsync();
        await Task.WhenAll(till.Payment.StartAsync(), till.Simulator?.StartAsync() ?? Task.CompletedTask);
        if (withSimulator)
            await till.SimulateAsync(new { slowMilliseconds = 1000, timeOutMilliseconds = 1000 * timeoutSeconds + 1500, webhookDelayMilliseconds = 500 });
        return till;
    }

    public async Task<PaymentResult> AuthorizeAsync(Guid orderId, string method = "pm_card_visa", long amount = 1999)
    {
        using var answer = await PutAsync(orderId, Request(method, amount));
        return await ReadAsync(answer);
    }

    public static AuthorizePayment Request(string method = "pm_card_visa", long amount = 1999) => new("ABCDE-12345", new Money(amount, "EUR"), method, "https://shop.example/orders/1");

    public Task<HttpResponseMessage> PutAsync(Guid orderId, object request) => _http.PutAsJsonAsync(Invoke($"internal/payments/{orderId}"), request, ArgosyJson.Options);

    public async Task<PaymentResult> GetAsync(Guid orderId)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"internal/payments/{orderId}");
        return await ReadAsync(answer);
    }

    public async Task<PaymentResult> CaptureAsync(Guid orderId)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"internal/payments/{orderId}/capture");
        return await ReadAsync(answer);
    }

    public async Task<PaymentResult> VoidAsync(Guid orderId)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"internal/payments/{orderId}/void");
        return await ReadAsync(answer);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, Invoke(path));
        return await _http.SendAsync(request);
    }

    /// <summary>Delivers an event as the gateway does.</summary>
    /// <param name="signature">A valid one when not given.</param>
    public async Task<HttpStatusCode> DeliverAsync(string body, string? signature = null)
    {
        using var answer = await PostEventAsync(body, signature ?? EventUtility.GenerateSignatureHeader(body, WebhookSecret));
        return answer.StatusCode;
    }

    /// <param name="signature">None when null.</param>
    public async Task<HttpResponseMessage> PostEventAsync(string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Invoke("api/payments/webhooks/stripe")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
            request.Headers.Add("Stripe-Signature", signature);
        return await _http.SendAsync(request);
    }

    /// <summary>Calls Payment past its sidecar, as only the sidecar may.</summary>
    public async Task<HttpResponseMessage> PostDirectlyAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{_ports[AppIds.Payment].App}/{path}") { Content = content };
        request.Headers.Add("dapr-api-token", AppToken);
        // Only what is accepted is sent: otherwise the refusal may be lost with the connection.
        request.Headers.ExpectContinue = true;
        return await _http.SendAsync(request);
    }

    /// <summary>What Prometheus sees.</summary>
    public Task<string> MetricsAsync() => _http.GetStringAsync(new Uri($"http://127.0.0.1:{_ports[AppIds.Payment].App}/metrics"));

    /// <summary>Tells the simulator how to behave, as an operator does.</summary>
    public async Task SimulateAsync(object settings)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Invoke("api/payments/simulator", AppIds.PaymentSimulator)) { Content = JsonContent.Create(settings) };
        request.Headers.Add(Contracts.Http.ArgosyHeaders.Role, "operator");
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Answers the bank's question as the customer does on the page the payment points to.</summary>
    public async Task AnswerBankAsync(PaymentResult asked, string outcome)
    {
        var page = new Uri(asked.ActionUrl!);
        using var answer = await _http.PostAsJsonAsync(Invoke($"api/payments/challenges/{page.Segments[^1]}{page.Query}", AppIds.PaymentSimulator), new { outcome });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The books of the shop, or of the simulator.</summary>
    public async Task<JsonNode> AuditAsync(string app = AppIds.Payment)
    {
        using var answer = await _http.GetAsync(Invoke($"internal/{app}/audit", app));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>The balances of an order's entries, as <c>account amount</c>; empty ones are left out.</summary>
    public async Task<string> BalancesAsync(Guid orderId)
    {
        await using var context = OpenDatabase();
        var entries = await context.Ledger.AsNoTracking().Where(entry => entry.OrderId == orderId).ToListAsync();
        Assert.Equal(0, entries.Sum(entry => entry.Amount));
        Assert.All(entries.GroupBy(entry => entry.Step), step => Assert.Equal(0, step.Sum(entry => entry.Amount)));
        return string.Join(' ', entries.GroupBy(entry => entry.Account).Select(account => (account.Key, Balance: account.Sum(entry => entry.Amount)))
            .Where(account => account.Balance != 0).OrderBy(account => account.Key, StringComparer.Ordinal).Select(account => $"{account.Key} {account.Balance}"));
    }

    /// <summary>The steps posted for an order, oldest first.</summary>
    public async Task<string> StepsAsync(Guid orderId)
    {
        await using var context = OpenDatabase();
        var entries = await context.Ledger.AsNoTracking().Where(entry => entry.OrderId == orderId).OrderBy(entry => entry.At).ToListAsync();
        return string.Join(' ', entries.Select(entry => entry.Step).Distinct());
    }

    public async Task<OrderPayment> RowAsync(Guid orderId)
    {
        await using var context = OpenDatabase();
        return await context.Payments.AsNoTracking().SingleAsync(payment => payment.OrderId == orderId);
    }

    /// <summary>Waits until the gateway has been told of everything that is given up.</summary>
    public async Task UndoneAsync(Guid orderId, TimeSpan? deadline = null)
    {
        try
        {
            await Eventually.HoldsAsync($"the gateway has confirmed that {orderId} is given up", async () => (await RowAsync(orderId)).UndoDueAt is null, deadline);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"{failure.Message}\n{Payment.Output}", failure);
        }
    }

    /// <summary>Waits for the events of an order and makes sure that there are no more of them.</summary>
    public async Task HeardAsync(Guid orderId, string topics)
    {
        await using var context = OpenDatabase();
        await Eventually.HoldsAsync($"all events of {orderId} are published", async () =>
            !(await context.Database.SqlQuery<string>($"SELECT data AS \"Value\" FROM outbox").ToListAsync()).Exists(data => data.Contains(orderId.ToString(), StringComparison.Ordinal)));
        await Eventually.HoldsAsync($"the events of {orderId} are '{topics}', not '{Events.TopicsOf(orderId)}'", () => Events.TopicsOf(orderId).Length >= topics.Length);
        Assert.Equal(topics, Events.TopicsOf(orderId));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Payment.Dispose();
        Simulator?.Dispose();
        Sidecar.Dispose();
        await Stripe.DisposeAsync();
        await _edge.DisposeAsync();
        await Events.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private PaymentContext OpenDatabase() => _database.StartsWith("sqlite:", StringComparison.Ordinal)
        ? new SqlitePaymentContext(new DbContextOptionsBuilder<SqlitePaymentContext>().UseSqlite($"Data Source={_folder.File("payment.db")}").Options)
        : new PostgresPaymentContext(new DbContextOptionsBuilder<PostgresPaymentContext>().UseNpgsql(
            new Npgsql.NpgsqlConnectionStringBuilder { Host = new Uri(_database).Host, Port = new Uri(_database).Port, Username = new Uri(_database).UserInfo, Database = new Uri(_database).AbsolutePath[1..] }.ToString()).Options);

    private static async Task<PaymentResult> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<PaymentResult>(ArgosyJson.Options))!;
    }

    private static Uri Invoke(string path, string app = AppIds.Payment) => new($"/v1.0/invoke/{app}/method/{path}", UriKind.Relative);

    private ServiceProcess Service(string app, string project, Dictionary<string, string> settings)
    {
        var ports = _ports[app];
        var environment = new Dictionary<string, string>(settings)
        {
            ["APP_ID"] = app,
            ["APP_PORT"] = ports.App.ToString(),
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ports.App}",
            ["DAPR_HTTP_PORT"] = ports.Http.ToString(),
            ["DAPR_GRPC_PORT"] = ports.Grpc.ToString(),
            ["DAPR_API_TOKEN"] = ApiToken,
            ["APP_API_TOKEN"] = AppToken,
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
        };
        return new ServiceProcess(project, "", _folder.Path, environment, new Uri($"http://127.0.0.1:{ports.App}/health/ready"));
    }

    private void WriteFiles(string secretKey, string publishableKey)
    {
        foreach (var resource in new[] { "pubsub", "secretstore", "psp" })
            _folder.Write($"resources/{resource}.yaml", System.IO.File.ReadAllText(Path.Combine(Repository.Root, "components", "embedded", $"{resource}.yaml")));
        _folder.Write("secrets.json", JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["payment-db"] = _database,
            ["paymentsimulator-db"] = "sqlite:paymentsimulator.db",
            ["stripe-secret-key"] = secretKey,
            ["stripe-webhook-secret"] = WebhookSecret,
            ["stripe-publishable-key"] = publishableKey,
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
