using System.Text;
using Argosy.Contracts;
using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Features.Settings;
using Argosy.PaymentSimulator.Stripe;
using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.PaymentSimulator.Features.Webhooks;

/// <summary>Brings one event to the shop: through the sidecar to its public address, as an outside host would, or where the operator says.</summary>
internal sealed partial class WebhookSender(SidecarEndpoint sidecar, SettingsStore settings, StripeKeys keys, TimeProvider clock, ILogger<WebhookSender> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Uri _shop = new(sidecar.Http, $"/v1.0/invoke/{AppIds.Gateway}/method/api/payments/webhooks/stripe");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };

    /// <returns>True when the receiver has taken it.</returns>
    public async Task<bool> SendAsync(SimulatorEvent item, CancellationToken cancellationToken)
    {
        var url = settings.Current.WebhookUrl;
        using var request = new HttpRequestMessage(HttpMethod.Post, url is null ? _shop : new Uri(url));
        request.Content = new StringContent(item.Body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(item.Body, keys.WebhookSecret, clock.GetUtcNow()));
        if (url is null && sidecar.ApiToken is not null)
            request.Headers.Add("dapr-api-token", sidecar.ApiToken);
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                LogRefused(logger, item.Id, (int)answer.StatusCode);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreachable(logger, item.Id, failure.Message);
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    [LoggerMessage(EventId = 720, Level = LogLevel.Information, Message = "Event {EventId} was refused with {Status} and will be sent again")]
    private static partial void LogRefused(ILogger logger, string eventId, int status);

    [LoggerMessage(EventId = 721, Level = LogLevel.Information, Message = "Event {EventId} did not arrive and will be sent again: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string eventId, string reason);
}
