using Argosy.Contracts.Http;
using Argosy.Gateway.Forwarding;
using Argosy.Gateway.Security;
using Argosy.Gateway.Sessions;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Gateway.Routing;

/// <summary>What connections for live news pass, cheapest check first: path, rates, origin, forgery, identity. Then they are forwarded.</summary>
internal sealed class HubEdge(HubForwarder forwarder, RateLimits rates, GuestCookie guests, OriginGuard origins)
{
    private static readonly DomainError ForeignOrigin = new("foreign-origin", "Only the shop's own pages may connect here.", StatusCodes.Status403Forbidden);

    public Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!PathGuard.IsPlain(request.Path.Value!))
            return Refuse(context, Edge.NoSuchRoute);
        // A WebSocket begins with GET, or with CONNECT over HTTP/2.
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsConnect(request.Method);
        if (rates.Check(context, isRead) is { } slowDown)
            return Refuse(context, slowDown);

        var origin = origins.Check(request);
        if (origin == RequestOrigin.Foreign)
            return Refuse(context, ForeignOrigin);
        // SignalR's client cannot be given the header, but its browser names the origin.
        if (!isRead && origin != RequestOrigin.Own && request.Headers[ArgosyHeaders.Csrf] != "1")
            return Refuse(context, Edge.CsrfHeaderMissing);

        var customer = guests.ReadOrIssue(context);
        if (!isRead && rates.CheckGuest(customer) is { } slowGuest)
            return Refuse(context, slowGuest);
        return forwarder.ForwardAsync(context, new ForwardedIdentity(customer, IsOperator: false, origins.OriginOf(request)));
    }

    private static Task Refuse(HttpContext context, DomainError error) => error.ToProblem().ExecuteAsync(context);
}
