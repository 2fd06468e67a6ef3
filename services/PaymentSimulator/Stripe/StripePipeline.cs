using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Features.Events;
using Argosy.PaymentSimulator.Features.Settings;
using Argosy.PaymentSimulator.Infrastructure.Persistence;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>What every call of Stripe's API goes through: key, parameters, idempotency, answer. A call that has begun is finished even when
/// its client has gone, as at Stripe.</summary>
internal sealed partial class StripePipeline(
    StripeKeys keys,
    SettingsStore settings,
    IdempotentCalls calls,
    SimulatorContext context,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<StripePipeline> logger)
{
    public async Task RunAsync(HttpContext http, StripeHandler handler)
    {
        var requestId = StripeIds.Request();
        var answer = await AnswerAsync(http, requestId, handler);
        if (await HoldBackAsync(http, answer.HoldBack))
            await WriteAsync(http, requestId, answer);
    }

    private async Task<StripeAnswer> AnswerAsync(HttpContext http, string requestId, StripeHandler handler)
    {
        try
        {
            keys.Demand(http.Request);
            var parameters = await StripeParameters.ReadAsync(http.Request, http.RequestAborted);
            var key = HttpMethods.IsPost(http.Request.Method) ? KeyOf(http.Request) : null;
            var request = new StripeRequest(http.GetRouteValue("id") as string ?? "", parameters, context, new EventOrigin(settings.Current, clock.GetUtcNow(), requestId, key));
            return await calls.RunAsync(request, http.Request.Path, handler, lifetime.ApplicationStopping);
        }
        catch (StripeRefusal refusal)
        {
            return refusal.Answer;
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not BadHttpRequestException)
        {
            LogFailure(logger, failure, http.Request.Method, http.GetEndpoint()?.DisplayName ?? "");
            return StripeErrors.Internal();
        }
    }

    private static string? KeyOf(HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length > IdempotentCall.MaximumKeyLength)
            throw StripeErrors.LongKey();
        return key.Length == 0 ? null : key;
    }

    /// <returns>False when there shall be no answer.</returns>
    private async Task<bool> HoldBackAsync(HttpContext http, TimeSpan holdBack)
    {
        if (holdBack == Timeout.InfiniteTimeSpan)
        {
            http.Abort();
            return false;
        }
        if (holdBack > TimeSpan.Zero)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            await Task.Delay(holdBack, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return !http.RequestAborted.IsCancellationRequested;
    }

    private static Task WriteAsync(HttpContext http, string requestId, StripeAnswer answer)
    {
        var headers = http.Response.Headers;
        headers["Request-Id"] = requestId;
        headers["Stripe-Version"] = StripeVersion.Current;
        if (answer.OriginalRequest is { } original)
        {
            headers["Idempotent-Replayed"] = "true";
            headers["Original-Request"] = original;
        }
        if (answer.Status == StatusCodes.Status401Unauthorized)
            headers.WWWAuthenticate = "Basic realm=\"Stripe\"";
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    [LoggerMessage(EventId = 700, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private static partial void LogFailure(ILogger logger, Exception failure, string method, string endpoint);
}
