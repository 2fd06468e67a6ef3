using System.Text.Json;
using Dapr;
using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Errors;

/// <summary>Turns every exception that leaves a handler into a problem: the client's mistakes into 4xx, absent dependencies into 503 and
/// bugs into a 500 that tells nothing of the inside.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }
        var error = Describe(exception);
        if (error.Status >= StatusCodes.Status500InternalServerError)
            LogFailure(logger, exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName ?? "no endpoint", error.Code);
        await ProblemAnswer.WriteAsync(httpContext, error);
        return true;
    }

    private static DomainError Describe(Exception exception) => exception switch
    {
        ProblemException problem => problem.Error,
        BadHttpRequestException { InnerException: JsonException json } => InvalidJson(json),
        BadHttpRequestException bad => new(bad.StatusCode == StatusCodes.Status400BadRequest ? "invalid-request" : ProblemSetup.CodeOf(bad.StatusCode), bad.Message, bad.StatusCode),
        JsonException json => InvalidJson(json),
        DbUpdateConcurrencyException => DomainError.Conflict("concurrent-change", "The resource was changed by another request in the meantime."),
        DaprException or RpcException or HttpRequestException or TimeoutException => new("dependency-unavailable", "A part of the platform this request needs does not answer at the moment.", StatusCodes.Status503ServiceUnavailable)
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
        _ => new("internal-error", "The request could not be served because of a fault on our side.", StatusCodes.Status500InternalServerError),
    };

    private static DomainError InvalidJson(JsonException json) => new("invalid-json", "The request body is not the JSON that is expected.", StatusCodes.Status400BadRequest)
    {
        Errors = string.IsNullOrEmpty(json.Path) || json.Path == "$" ? null : new Dictionary<string, string[]> { [FieldOf(json.Path)] = ["is not of the expected type"] },
    };

    private static string FieldOf(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed: {Code}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string endpoint, string code);
}
