using System.Security.Cryptography;
using System.Text;
using Argosy.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Http;

/// <summary>Lets only the sidecar in: every request but health, metrics and the service's own open paths must carry the app token
/// (APP_API_TOKEN). The identity headers a service trusts rest on it.</summary>
internal sealed partial class AppTokenMiddleware
{
    private const string Header = "dapr-api-token";
    private static readonly DomainError Refused = new("app-token-required", "This service is reached through its sidecar only.", StatusCodes.Status401Unauthorized);
    private readonly RequestDelegate _next;
    private readonly PathString[] _openPaths;
    private readonly byte[]? _token;

    public AppTokenMiddleware(RequestDelegate next, ArgosyDefaultsOptions options, IConfiguration configuration, ILogger<AppTokenMiddleware> logger)
    {
        _next = next;
        _openPaths = ["/health", .. options.OpenPaths];
        if (configuration["APP_API_TOKEN"] is { Length: > 0 } token)
            _token = Encoding.UTF8.GetBytes(token);
        else
            LogOpen(logger);
    }

    public Task InvokeAsync(HttpContext context) =>
        _token is null || IsOpen(context.Request.Path) || Matches(context.Request)
            ? _next(context)
            : Refused.ToProblem().ExecuteAsync(context);

    private bool IsOpen(PathString path) => path == "/metrics" || _openPaths.Any(open => path.StartsWithSegments(open));

    private bool Matches(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var given) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given.ToString()), _token);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "APP_API_TOKEN is not set: whoever reaches this port is served")]
    private static partial void LogOpen(ILogger logger);
}
