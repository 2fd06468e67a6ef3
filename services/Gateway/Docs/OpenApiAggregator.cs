using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Gateway.Routing;
using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.Gateway.Docs;

/// <summary>One OpenAPI document of all public routes, put together from what the services say of themselves.</summary>
internal sealed partial class OpenApiAggregator(SidecarEndpoint sidecar, TimeProvider time, ILogger<OpenApiAggregator> logger) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    // A service that was down shows up soon after it is back.
    private static readonly TimeSpan FreshWhileIncomplete = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = sidecar.Http, Timeout = TimeSpan.FromSeconds(10) };
    private readonly SemaphoreSlim _one = new(1, 1);
    private (byte[] Document, DateTimeOffset Until)? _cached;

    public async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (_cached is { } cached && cached.Until > time.GetUtcNow())
            return cached.Document;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_cached is { } other && other.Until > time.GetUtcNow())
                return other.Document;
            var apps = PublicRoutes.All.Select(route => route.AppId).Distinct().ToList();
            var parts = await Task.WhenAll(apps.Select(app => FetchAsync(app, cancellationToken)));
            var merge = new OpenApiMerge();
            foreach (var (app, part) in apps.Zip(parts))
            {
                if (part is not null)
                    merge.Add(app, part);
            }
            var document = JsonSerializer.SerializeToUtf8Bytes(merge.Document);
            _cached = (document, time.GetUtcNow() + (parts.Contains(null) ? FreshWhileIncomplete : Fresh));
            return document;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _one.Dispose();
    }

    private async Task<JsonObject?> FetchAsync(string app, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1.0/invoke/{app}/method/openapi/v1.json", UriKind.Relative));
            if (sidecar.ApiToken is not null)
                request.Headers.Add("dapr-api-token", sidecar.ApiToken);
            using var answer = await _http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            return await JsonNode.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken) as JsonObject;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogMissing(logger, app, failure.Message);
            return null;
        }
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "The API description of {App} is missing: {Reason}")]
    private static partial void LogMissing(ILogger logger, string app, string reason);
}
