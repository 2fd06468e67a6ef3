using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Argosy.Cli.Benchmarks;

/// <summary>A guest with a cookie jar who buys one thing after the other, each time until the order is confirmed.</summary>
internal sealed class Shopper(Uri store, IReadOnlyList<string> skus, int seed) : ILoadClient
{
    private const string OrderBody = """
        {"email":"shopper@example.com","shippingAddress":{"name":"Ann Shopper","line1":"1 Quay Street","city":"Galway","postalCode":"H91 X0Y1","country":"IE"},"paymentMethod":{"type":"card","token":"pm_card_visa"}}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LeanHttpClient _http = new(store);
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, string> _cookies = [];

    /// <summary>When the last order was submitted, as a <see cref="Stopwatch"/> timestamp.</summary>
    public long SubmittedAt { get; private set; }

    /// <summary>Buys one thing; true when the order was paid and confirmed.</summary>
    public bool Turn()
    {
        var sku = skus[_random.Next(skus.Count)];
        if (Send("PUT", $"/api/basket/items/{Uri.EscapeDataString(sku)}", """{"quantity":1}""") is not (200 or 204))
            return false;
        SubmittedAt = Stopwatch.GetTimestamp();
        if (Send("POST", "/api/orders", OrderBody.Trim(), $"Idempotency-Key: {Guid.NewGuid():N}\r\n") != 202)
            return false;
        var order = Field("orderId");
        var deadline = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < deadline)
        {
            // The service holds the answer until the status changes, if it can; else this polls.
            if (Send("GET", $"/api/orders/{order}", null, "Prefer: wait=5\r\n") != 200)
                return false;
            var status = Field("status");
            if (status == "confirmed")
                return true;
            if (status is "cancelled")
                return false;
            if (_http.Head.IndexOf("Preference-Applied"u8) < 0)
                Thread.Sleep(5);
        }
        return false;
    }

    public void Dispose() => _http.Dispose();

    private int Send(string method, string path, string? body, string headers = "")
    {
        var jar = _cookies.Count == 0 ? "" : $"Cookie: {string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))}\r\n";
        var status = _http.Send(LeanHttpClient.Request(method, path, $"X-Argosy-CSRF: 1\r\n{jar}{headers}", body));
        KeepCookies();
        return status;
    }

    private void KeepCookies()
    {
        foreach (var line in Encoding.ASCII.GetString(_http.Head).Split("\r\n"))
        {
            if (!line.StartsWith("Set-Cookie: ", StringComparison.OrdinalIgnoreCase))
                continue;
            var pair = line["Set-Cookie: ".Length..].Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }
    }

    private string? Field(string name)
    {
        var json = new Utf8JsonReader(_http.Body);
        while (json.Read())
        {
            if (json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && json.ValueTextEquals(name) && json.Read())
                return json.GetString();
        }
        return null;
    }
}
