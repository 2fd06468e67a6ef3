namespace Argosy.PaymentSimulator.Domain;

/// <summary>Why the last attempt to pay failed.</summary>
/// <param name="Type">Stripe's type of error.</param>
/// <param name="ChargeId">The failed charge, when it came to one.</param>
/// <param name="PaymentMethodId">What was paid with.</param>
/// <param name="PaymentMethodName">The test payment method behind it.</param>
internal sealed record PaymentFailure(string Type, string Code, string? DeclineCode, string Message, string? Param, string? ChargeId, string PaymentMethodId, string PaymentMethodName)
{
    public static PaymentFailure Of(Decline decline, string? chargeId, string paymentMethodId, string paymentMethodName) =>
        new("card_error", decline.Code, decline.DeclineCode, decline.Message, decline.Param, chargeId, paymentMethodId, paymentMethodName);

    public static PaymentFailure Authentication(string paymentMethodId, string paymentMethodName) =>
        new("invalid_request_error", "payment_intent_authentication_failure", null,
            "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
            null, null, paymentMethodId, paymentMethodName);
}
