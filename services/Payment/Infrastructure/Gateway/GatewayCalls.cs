using System.Net;
using System.Text.Json;
using Argosy.ServiceDefaults.Sidecar;
using Microsoft.Extensions.Options;
using Stripe;

namespace Argosy.Payment.Infrastructure.Gateway;

/// <summary>Calls the gateway through the sidecar, one attempt each: whoever asked us asks again, with the same idempotency key. A call is
/// never given up because our own caller has gone, since an outcome that is on its way is worth having.</summary>
internal sealed partial class GatewayCalls : IDisposable
{
    private readonly HttpClient _http;
    private readonly Lazy<StripeClient> _stripe;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<GatewayCalls> _logger;

    public GatewayCalls(SidecarEndpoint sidecar, GatewayKeys keys, IOptions<PaymentGatewayOptions> options, GatewayMetrics metrics, TimeProvider clock, ILogger<GatewayCalls> logger)
    {
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds) };
        if (sidecar.ApiToken is { } token)
            _http.DefaultRequestHeaders.Add("dapr-api-token", token);
        // The keys are known only once the host has started.
        _stripe = new(() => new StripeClient(new StripeClientOptions
        {
            ApiKey = keys.SecretKey,
            ApiBase = $"{sidecar.Http.ToString().TrimEnd('/')}/v1.0/invoke/{Contracts.ComponentNames.PaymentGateway}/method",
            HttpClient = new SystemNetHttpClient(_http, maxNetworkRetries: 0, enableTelemetry: false),
        }));
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="StripeException">The gateway has understood and says no (400, 402, 404).</exception>
    /// <exception cref="GatewayException">Anything else that is no answer.</exception>
    public async Task<T> RunAsync<T>(string operation, Func<StripeClient, Task<T>> call)
    {
        var start = _clock.GetTimestamp();
        try
        {
            return await call(_stripe.Value);
        }
        catch (StripeException refusal) when (FaultOf(refusal) is { } fault)
        {
            throw Fail(operation, new GatewayException(fault, ReasonOf(refusal)), refusal.StripeResponse?.RequestId);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException)
        {
            throw Fail(operation, new GatewayException(GatewayFault.Unavailable, failure is OperationCanceledException ? "no answer in time" : failure.GetType().Name, failure), requestId: null);
        }
        finally
        {
            _metrics.Took(operation, _clock.GetElapsedTime(start));
        }
    }

    /// <summary>Null when the answer says something of the payment.</summary>
    private static GatewayFault? FaultOf(StripeException answer) => answer switch
    {
        { HttpStatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => GatewayFault.Misconfigured,
        // Not in Stripe's form: somebody on the way has answered.
        { StripeError: null } => GatewayFault.Unavailable,
        { StripeError.Type: "idempotency_error", HttpStatusCode: HttpStatusCode.BadRequest } => GatewayFault.KeyReused,
        { HttpStatusCode: HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound } => null,
        _ => GatewayFault.Unavailable,
    };

    private static string ReasonOf(StripeException answer) =>
        $"{(int)answer.HttpStatusCode} {answer.StripeError?.Code ?? answer.StripeError?.Type}".TrimEnd();

    private GatewayException Fail(string operation, GatewayException failure, string? requestId)
    {
        // No fault of the gateway's: a fence finds it on purpose, and whoever else does says so.
        if (failure.Fault == GatewayFault.KeyReused)
            return failure;
        _metrics.Failed(operation, failure.Fault);
        if (failure.Fault == GatewayFault.Misconfigured)
            LogMisconfigured(_logger, operation, GatewayKeys.SecretKeyName, failure.Message);
        else
            LogFailed(_logger, operation, failure.Message, requestId);
        return failure;
    }

    [LoggerMessage(EventId = 400, Level = LogLevel.Error, Message = "The payment gateway refuses our key ({Operation}: {Reason}): check the secret {Secret} and its permissions")]
    private static partial void LogMisconfigured(ILogger logger, string operation, string secret, string reason);

    [LoggerMessage(EventId = 401, Level = LogLevel.Warning, Message = "The payment gateway did not {Operation}: {Reason} (request {RequestId})")]
    private static partial void LogFailed(ILogger logger, string operation, string reason, string? requestId);
}
