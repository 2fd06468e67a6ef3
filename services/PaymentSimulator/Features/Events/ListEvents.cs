using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Stripe;

namespace Argosy.PaymentSimulator.Features.Events;

internal static class ListEvents
{
    public static Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        IQueryable<SimulatorEvent> events = request.Context.Events;
        IReadOnlyList<string> types = request.Parameters.Text("type") is { } type ? [type] : request.Parameters.List("types");
        if (types.Count > 0)
            events = events.Where(item => types.Contains(item.Type));
        return StripeList.OfAsync(request, events, "event", "/v1/events", item => item.Body, cancellationToken);
    }
}
