using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Sidecar;

/// <summary>Whether the sidecar serves calls from this process. Only its outbound health counts: full health waits for this service's own port.</summary>
public sealed partial class SidecarReadiness(SidecarEndpoint endpoint, ILogger<SidecarReadiness> logger, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = endpoint.Http, Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Waits as long as it takes.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; !await IsReadyAsync(cancellationToken); pause = Min(pause * 2, LongestPause))
        {
            if (pause == LongestPause)
                LogWaiting(logger, endpoint.Http);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Asks once.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("/v1.0/healthz/outbound", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Waiting for the sidecar at {Endpoint}")]
    private static partial void LogWaiting(ILogger logger, Uri endpoint);
}
