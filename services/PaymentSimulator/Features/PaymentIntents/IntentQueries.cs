using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Stripe;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.PaymentIntents;

internal static class IntentQueries
{
    /// <summary>The intent of the path, to be changed.</summary>
    /// <exception cref="StripeRefusal">There is none.</exception>
    public static async Task<PaymentIntent> LoadIntentAsync(this StripeRequest request, CancellationToken cancellationToken) =>
        await request.Context.PaymentIntents.Include(intent => intent.LatestCharge).SingleOrDefaultAsync(intent => intent.Id == request.ObjectId, cancellationToken)
            ?? throw StripeErrors.NoSuch("payment_intent", request.ObjectId, "intent");

    /// <summary>The test payment method the call names; null when it names none.</summary>
    /// <exception cref="StripeRefusal">There is no such method.</exception>
    public static TestPaymentMethod? PaymentMethod(this StripeRequest request)
    {
        if (request.Parameters.Any("payment_method_data["))
            throw StripeErrors.Unknown("payment_method_data");
        if (request.Parameters.Text("payment_method") is not { } name)
            return null;
        return TestPaymentMethods.Find(name) ?? throw StripeErrors.NoSuchParameter("PaymentMethod", name, "payment_method");
    }

    /// <summary>The absolute address the customer comes back to; null when the call names none.</summary>
    public static string? ReturnUrl(this StripeRequest request) => request.Parameters.Text("return_url") switch
    {
        null => null,
        var url when Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) => url,
        _ => throw StripeErrors.Invalid("return_url", "Not a valid URL", "url_invalid"),
    };
}
