using System.Net;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Support;

/// <summary>Calls that Stripe's client must see refused.</summary>
internal static class Refusals
{
    public static async Task<StripeError> OfAsync<T>(HttpStatusCode status, Task<T> call)
    {
        var refusal = await Assert.ThrowsAsync<StripeException>(() => call);
        Assert.Equal(status, refusal.HttpStatusCode);
        return refusal.StripeError;
    }

    /// <summary>400 <c>payment_intent_unexpected_state</c> with the intent, and nothing changed.</summary>
    public static async Task UnexpectedStateAsync(Simulator simulator, PaymentIntent intent, Task<PaymentIntent> call)
    {
        var error = await OfAsync(HttpStatusCode.BadRequest, call);
        Assert.Equal("payment_intent_unexpected_state", error.Code);
        Assert.Equal("invalid_request_error", error.Type);
        Assert.Equal(intent.Id, error.PaymentIntent.Id);
        Assert.Equal(intent.Status, error.PaymentIntent.Status);
        Assert.Equal(intent.Status, (await simulator.Intents.GetAsync(intent.Id)).Status);
    }
}
