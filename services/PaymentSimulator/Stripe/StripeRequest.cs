using Argosy.PaymentSimulator.Features.Events;
using Argosy.PaymentSimulator.Infrastructure.Persistence;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>One call of Stripe's API, with what its handler needs. Handlers change the context's objects; the pipeline saves them together
/// with the answer.</summary>
/// <param name="ObjectId">The id in the path; empty where there is none.</param>
/// <param name="Origin">What events of this call are made of.</param>
internal sealed record StripeRequest(string ObjectId, StripeParameters Parameters, SimulatorContext Context, EventOrigin Origin)
{
    /// <summary>The client wants the latest charge itself, not its id.</summary>
    public bool ExpandsCharge => Parameters.List("expand").Any(path => path is "latest_charge" or "data.latest_charge");
}

/// <summary>A route of Stripe's API.</summary>
internal delegate Task<StripeAnswer> StripeHandler(StripeRequest request, CancellationToken cancellationToken);
