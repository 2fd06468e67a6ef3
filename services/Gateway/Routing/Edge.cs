using Argosy.Contracts.Http;
using Argosy.Gateway.Forwarding;
using Argosy.Gateway.Security;
using Argosy.Gateway.Sessions;
using Argosy.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Argosy.Gateway.Routing;

/// <summary>What every request to a public route passes, cheapest check first: path, rates, identity, forgery, size. Then it is forwarded.</summary>
internal sealed class Edge(
    SidecarForwarder forwarder, RateLimits rates, GuestCookie guests, OperatorKey operators, OriginGuard origins, IOptions<GatewayOptions> options)
{
    internal static readonly DomainError NoSuchRoute = new("not-found", "There is nothing at this address.", StatusCodes.Status404NotFound);
    internal static readonly DomainError CsrfHeaderMissing = new("csrf-header-missing", $"Requests that change something must carry the header '{ArgosyHeaders.Csrf}: 1'.", StatusCodes.Status403Forbidden);
    private static readonly DomainError OperatorKeyRequired = new("operator-key-required", "This route needs the operator key as a bearer token.", StatusCodes.Status401Unauthorized);
    private static readonly DomainError BodyTooLarge = new("payload-too-large", "The request body is larger than this route allows.", StatusCodes.Status413PayloadTooLarge);

    private const long LongestDrained = 32 * 1024 * 1024;

    private readonly RequestLimitOptions _limits = options.Value.RequestLimits;

    public Task HandleAsync(HttpContext context, PublicRoute route)
    {
        if (!PathGuard.IsPlain(context.Request.Path.Value!))
            return Refuse(context, NoSuchRoute);
        if (rates.Check(context, route.IsSafe) is { } slowDown)
            return Refuse(context, slowDown);

        var isOperator = operators.Matches(context.Request);
        if (route.Access == Access.Operator && !isOperator)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Refuse(context, OperatorKeyRequired);
        }
        // Browsers send cookies by themselves, but never the operator key: only cookie sessions can be ridden.
        if (!route.IsSafe && !isOperator && route.Access != Access.Signed && context.Request.Headers[ArgosyHeaders.Csrf] != "1")
            return Refuse(context, CsrfHeaderMissing);

        var customer = route.Access == Access.Guest ? guests.ReadOrIssue(context) : null;
        if (customer is not null && !route.IsSafe && rates.CheckGuest(customer) is { } slowGuest)
            return Refuse(context, slowGuest);

        if (Oversize(context, route.IsImport ? _limits.ImportBytes : _limits.BodyBytes))
            return Refuse(context, BodyTooLarge);

        return forwarder.ForwardAsync(context, route.AppId, new ForwardedIdentity(customer, isOperator, customer is null ? null : origins.OriginOf(context.Request)));
    }

    /// <summary>Tells by the announced length; the server itself counts bodies of unknown length.</summary>
    private static bool Oversize(HttpContext context, int limit)
    {
        var size = context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        if (context.Request.ContentLength is not { } length || length <= limit)
        {
            if (!size.IsReadOnly)
                size.MaxRequestBodySize = limit;
            return false;
        }
        // Reading a moderate rest lets the client finish and see the answer; cut off, it would see a broken connection.
        if (length <= LongestDrained && !size.IsReadOnly)
            size.MaxRequestBodySize = length;
        return true;
    }

    private static Task Refuse(HttpContext context, DomainError error) => error.ToProblem().ExecuteAsync(context);
}
