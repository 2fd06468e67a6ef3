using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts;
using Argosy.Contracts.Http;
using Argosy.Contracts.Ordering;
using Argosy.ServiceDefaults;
using Argosy.Testing;
using Microsoft.AspNetCore.SignalR.Client;

namespace Argosy.Notification.Tests.Support;

/// <summary>Notification as real processes behind a real sidecar process, with a stand-in for Ordering. Events, routes and mails go through
/// the sidecar; live news come straight from a replica, as behind the gateway.</summary>
internal sealed class Office : IAsyncDisposable
{
    /// <summary>Keeps mails in a folder; a mail whose id it has already is not kept again.</summary>
    public const string Mailbox = """
        type: bindings.mailbox
          version: v1
          metadata:
          - name: rootPath
            value: mailbox
          - name: emailFrom
            value: shop@example.org
        """;

    /// <summary>Long enough for a machine that does much else; what works is seen at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string ApiToken = "api-token-of-the-test";
    private const string AppToken = "app-token-of-the-test";

    private readonly TempFolder _folder = new();
    private readonly Ports _ordering = Ports.Free();
    private readonly Ports[] _replicas;
    private readonly HttpClient _http;

    private Office(int replicas, (string Name, string Value)[] settings)
    {
        _replicas = [.. Enumerable.Range(0, replicas).Select(_ => Ports.Free())];
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ordering.Http}") };
        _http.DefaultRequestHeaders.Add("dapr-api-token", ApiToken);
        Sidecar = new ServiceProcess(
            "Argosy.Sidecar", "--topology topology.json", _folder.Path, new Dictionary<string, string>(),
            new Uri($"http://127.0.0.1:{_ordering.Http}/v1.0/healthz/outbound"));
        Replicas = [.. _replicas.Select(ports => Replica(ports, settings))];
    }

    public ServiceProcess Sidecar { get; }

    public IReadOnlyList<ServiceProcess> Replicas { get; }

    public OrderingStandIn Ordering { get; } = new();

    /// <param name="email">The component <c>email</c> from its <c>type</c> on; <c>bindings.http</c> to the stand-in when null.</param>
    public static async Task<Office> OpenAsync(string database = "sqlite:notification.db", string? email = Mailbox, int replicas = 1, params (string Name, string Value)[] settings)
    {
        var office = new Office(replicas, settings);
        try
        {
            office.WriteFiles(database, email ?? office.MailServer);
            await office.Ordering.StartAsync(office._ordering.App);
            await office.Sidecar.StartAsync();
            await Task.WhenAll(office.Replicas.Select(replica => replica.StartAsync()));
            return office;
        }
        catch
        {
            await office.DisposeAsync();
            throw;
        }
    }

    public async Task PublishAsync<TEvent>(TEvent message) where TEvent : IEvent
    {
        using var published = await _http.PostAsJsonAsync($"/v1.0/publish/{ComponentNames.PubSub}/{TEvent.Topic}", message, ArgosyJson.Options);
        published.EnsureSuccessStatusCode();
    }

    public Task SubmitAsync(Guid order, string customer) =>
        PublishAsync(new OrderSubmitted(order.ToString(), "ABCDE-12345", customer, [new OrderEventLine("TEA-1", "Tea", 1, new Money(450, "EUR"))], new Money(450, "EUR"), DateTimeOffset.UtcNow));

    public Task ConfirmAsync(Guid order, string customer) =>
        PublishAsync(new OrderConfirmed(order.ToString(), "ABCDE-12345", customer, new Money(450, "EUR"), DateTimeOffset.UtcNow));

    public Task CancelAsync(Guid order, string customer, string reason) =>
        PublishAsync(new OrderCancelled(order.ToString(), "ABCDE-12345", customer, reason, DateTimeOffset.UtcNow));

    public async Task<HttpResponseMessage> GetAsync(string path, string? customer = null, bool asOperator = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1.0/invoke/notification/method/{path}", UriKind.Relative));
        if (customer is not null)
            request.Headers.Add(ArgosyHeaders.Customer, customer);
        if (asOperator)
            request.Headers.Add(ArgosyHeaders.Role, "operator");
        return await _http.SendAsync(request);
    }

    public async Task<JsonNode> ReadAsync(string path, string? customer = null, bool asOperator = false)
    {
        using var answer = await GetAsync(path, customer, asOperator);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public Task<JsonNode> AuditAsync() => ReadAsync("internal/notification/audit");

    /// <summary>The steps of the order that its customer has got a mail about.</summary>
    public async Task<List<string>> MailsAsync(Guid order, string customer)
    {
        var mails = await ReadAsync($"api/system/mailbox?orderId={order}", customer);
        return [.. mails["items"]!.AsArray().Select(mail => (string)mail!["step"]!)];
    }

    /// <summary>Files in the mailbox.</summary>
    public int StoredMails => Directory.EnumerateFiles(Path.Combine(_folder.File("mailbox"), "mails"), "*.json", SearchOption.AllDirectories).Count();

    public Task MailsBecomeAsync(Guid order, string customer, params string[] steps) =>
        EventuallyAsync($"{customer} has mails about {string.Join(", ", steps)}", async () => (await MailsAsync(order, customer)).Order().SequenceEqual(steps));

    public async Task<int> MailsInStateAsync(string state) => (int?)(await AuditAsync())["byMailState"]![state] ?? 0;

    public Task MailStateBecomesAsync(string state, int count) => EventuallyAsync($"{count} mails are {state}", async () => await MailsInStateAsync(state) == count);

    public async Task EventuallyAsync(string what, Func<Task<bool>> condition)
    {
        try
        {
            await Eventually.HoldsAsync(what, condition, Patience);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"{failure.Message}\n{string.Concat(Replicas.Select(replica => replica.Output))}\n{Sidecar.Output}", failure);
        }
    }

    /// <summary>A browser that has the shop open.</summary>
    public async Task<Browser> ConnectAsync(string customer, int replica = 0)
    {
        var browser = new Browser(Hub(replica, ("dapr-api-token", AppToken), (ArgosyHeaders.Customer, customer)));
        await browser.StartAsync();
        return browser;
    }

    public HubConnection Hub(int replica, params (string Name, string Value)[] headers) =>
        new HubConnectionBuilder().WithUrl(new Uri($"http://127.0.0.1:{_replicas[replica].App}/hubs/notifications"), options =>
        {
            foreach (var (name, value) in headers)
                options.Headers[name] = value;
        }).Build();

    public static (string, string) Token => ("dapr-api-token", AppToken);

    public async Task<string> MetricsAsync()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{_replicas[0].App}/metrics"));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var replica in Replicas)
            replica.Dispose();
        Sidecar.Dispose();
        await Ordering.DisposeAsync();
        _folder.Dispose();
    }

    private string MailServer => $"""
        type: bindings.http
          version: v1
          metadata:
          - name: url
            value: http://127.0.0.1:{_ordering.App}/mails
        """;

    private ServiceProcess Replica(Ports ports, (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["APP_ID"] = "notification",
            ["APP_PORT"] = ports.App.ToString(),
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ports.App}",
            ["DAPR_HTTP_PORT"] = ports.Http.ToString(),
            ["DAPR_GRPC_PORT"] = ports.Grpc.ToString(),
            ["DAPR_API_TOKEN"] = ApiToken,
            ["APP_API_TOKEN"] = AppToken,
            ["PublicUrl"] = "https://shop.example",
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
        };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return new ServiceProcess(
            "Argosy.Notification", "", _folder.Path, environment, new Uri($"http://127.0.0.1:{ports.App}/health/ready"));
    }

    private void WriteFiles(string database, string email)
    {
        foreach (var component in new[] { "pubsub", "secretstore" })
            _folder.Write($"resources/{component}.yaml", File.ReadAllText(Path.Combine(Repository.Root, "components", "embedded", $"{component}.yaml")));
        _folder.Write("resources/email.yaml", $"apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: email\nspec:\n  {email}\n");
        _folder.Write("secrets.json", JsonSerializer.Serialize(new Dictionary<string, string> { ["notification-db"] = database }));
        _folder.Write("topology.json", JsonSerializer.Serialize(new { apps = new[] { App("ordering", _ordering), App("notification", _replicas) } }));
    }

    private object App(string id, params Ports[] replicas) => new
    {
        appId = id,
        replicas = replicas.Select(ports => new { httpPort = ports.Http, grpcPort = ports.Grpc, appPort = ports.App }),
        resourcesPaths = new[] { _folder.File("resources") },
        apiToken = ApiToken,
        appToken = AppToken,
    };

    private sealed record Ports(int Http, int Grpc, int App)
    {
        public static Ports Free() => new(FreePort.Next(), FreePort.Next(), FreePort.Next());
    }
}
