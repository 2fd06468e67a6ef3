using System.Net;
using System.Text.Json;

namespace Argosy.Cli.Running;

/// <summary>Asks processes, and the store as a whole, whether they are ready.</summary>
internal sealed class HealthProbes : IDisposable
{
    private static readonly TimeSpan SteadyInterval = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(3) };
    private readonly Dictionary<string, DateTimeOffset> _lastProbe = [];

    /// <summary>Probes what is starting at every call, and what is ready now and then.</summary>
    public async Task ProbeAsync(IReadOnlyList<SupervisedProcess> processes, CancellationToken stop)
    {
        var now = DateTimeOffset.UtcNow;
        var due = processes.Where(process => process.Status.Phase == ProcessPhase.Starting || now - _lastProbe.GetValueOrDefault(process.Spec.Name) > SteadyInterval).ToList();
        foreach (var process in due)
            _lastProbe[process.Spec.Name] = now;
        await Task.WhenAll(due.Select(process => ProbeAsync(process, stop)));
    }

    /// <summary>Null when a shopper would see products and could buy them; else what is missing.</summary>
    public async Task<string?> WhyStoreIsNotReadyAsync(Uri gateway, CancellationToken stop)
    {
        if (await StatusAsync(new Uri(gateway, "/health/ready"), stop) is not HttpStatusCode.OK)
            return "waiting for the gateway";
        try
        {
            using var answer = await _http.GetAsync(new Uri(gateway, "/api/catalog/products?pageSize=1"), stop);
            if (answer.StatusCode != HttpStatusCode.OK)
                return $"the catalog answers {(int)answer.StatusCode}";
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(stop));
            if (!page.RootElement.TryGetProperty("items", out var items) || items.GetArrayLength() == 0)
                return "waiting for the first products";
            // The newest product is the last that a first run told Inventory about.
            var sku = items[0].GetProperty("variants")[0].GetProperty("sku").GetString()!;
            return await StatusAsync(new Uri(gateway, $"/api/inventory/{Uri.EscapeDataString(sku)}"), stop) is HttpStatusCode.OK ? null : "waiting for the stock of the products";
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The last two: JSON, but no product list.
            return $"the product list cannot be read: {error.Message}";
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task ProbeAsync(SupervisedProcess process, CancellationToken stop)
    {
        if (process.Spec.Health is not { } health || process.Status.Process is not { } probed)
            return;
        var status = await StatusAsync(health, stop);
        if (!stop.IsCancellationRequested)
            process.MarkHealth(probed, status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous);
    }

    private async Task<HttpStatusCode?> StatusAsync(Uri uri, CancellationToken stop)
    {
        try
        {
            using var answer = await _http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, stop);
            return answer.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
