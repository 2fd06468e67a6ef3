namespace Argosy.PaymentSimulator.Domain;

/// <summary>Why a card is declined, in Stripe's words.</summary>
/// <param name="Code">Stripe's error code.</param>
/// <param name="DeclineCode">The bank's reason, where Stripe passes one on.</param>
/// <param name="Param">The card's field to blame, where there is one.</param>
internal sealed record Decline(string Code, string? DeclineCode, string Message, string? Param = null)
{
    public static readonly Decline Generic = Declined("generic_decline");

    public static readonly Decline InsufficientFunds = Declined("insufficient_funds") with { Message = "Your card has insufficient funds." };

    public static readonly Decline AuthenticationRequired =
        new("authentication_required", "authentication_required", "Your card was declined. This transaction requires authentication.");

    public static Decline Declined(string declineCode) => new("card_declined", declineCode, "Your card was declined.");
}
