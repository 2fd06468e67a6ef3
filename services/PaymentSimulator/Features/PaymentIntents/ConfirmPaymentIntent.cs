using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Stripe;

namespace Argosy.PaymentSimulator.Features.PaymentIntents;

internal static class ConfirmPaymentIntent
{
    public const string NoPaymentMethod =
        "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.";

    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        var intent = await request.LoadIntentAsync(cancellationToken);
        // The one attached already may be named by its own id.
        var method = request.Parameters.Text("payment_method") == intent.PaymentMethodId ? null : request.PaymentMethod();
        var returnUrl = request.ReturnUrl();
        if (intent.Status == IntentStatus.Succeeded)
            return StripeErrors.UnexpectedState(intent, "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.");
        if (!IntentMoves.Confirm.IsAllowed(intent))
            return StripeErrors.UnexpectedState(intent, IntentMoves.Confirm, "You cannot confirm this PaymentIntent", "confirmed");
        if (method is null && intent.PaymentMethodId is null)
            return StripeErrors.UnexpectedState(intent, NoPaymentMethod);
        if (method is not null)
            intent.Attach(method);
        intent.ReturnUrl = returnUrl ?? intent.ReturnUrl;
        return await request.ConfirmAsync(intent, cancellationToken);
    }
}
