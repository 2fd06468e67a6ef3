using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Features.Events;
using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Features.PaymentIntents;

/// <summary>The step in which money moves; part of creating and of confirming an intent.</summary>
internal static class Confirmation
{
    public static async Task<StripeAnswer> ConfirmAsync(this StripeRequest request, PaymentIntent intent, CancellationToken cancellationToken)
    {
        var origin = request.Origin;
        if (intent.AllowRedirects == "always" && intent.ReturnUrl is null && !request.IsAlone())
            throw StripeErrors.Invalid("return_url", "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never`.");
        var plan = PaymentPlan.For(TestPaymentMethods.Find(intent.PaymentMethodName!)!, origin.Settings);
        if (plan.Pause > TimeSpan.Zero)
            await Task.Delay(plan.Pause, cancellationToken);
        if (plan.Ask && request.IsAlone())
            intent.Refuse(Decline.AuthenticationRequired);
        else
            intent.Confirm(plan, origin.At);
        request.Context.AnnounceOutcome(intent, origin);
        var answer = intent.Status == IntentStatus.RequiresPaymentMethod
            ? StripeErrors.Declined(intent, origin.At)
            : StripeAnswer.Of(PaymentIntentObject.Of(intent, request.ExpandsCharge));
        return answer with { HoldBack = plan.HoldBack };
    }

    /// <summary>There is no customer who could act.</summary>
    private static bool IsAlone(this StripeRequest request) => request.Parameters.Flag("off_session") || request.Parameters.Flag("error_on_requires_action");
}
