namespace Argosy.Contracts.Payment;

/// <summary>Asks Payment (<c>PUT /internal/payments/{orderId}</c>) to authorize an order's payment; asking again gives the same payment.</summary>
/// <param name="OrderNumber">Shown on the customer's statement.</param>
/// <param name="PaymentMethod">The payment gateway's token, for example <c>pm_card_visa</c>; never a card number.</param>
/// <param name="ReturnUrl">Where the customer's browser comes back to after the bank's own page.</param>
public sealed record AuthorizePayment(string OrderNumber, Money Amount, string PaymentMethod, string ReturnUrl);

/// <summary>Where an order's payment stands; also the answer of <c>GET /internal/payments/{orderId}</c>, which asks the gateway when the
/// payment is still open, of <c>POST …/capture</c> and of <c>POST …/void</c>.</summary>
/// <param name="ActionUrl">The bank's page the customer has to visit; only with <see cref="PaymentState.RequiresAction"/>.</param>
/// <param name="DeclineCode">Stable code of why it was declined (<c>card_declined</c>, <c>insufficient_funds</c>, …); only with <see cref="PaymentState.Declined"/>.</param>
public sealed record PaymentResult(PaymentState State, string? ActionUrl = null, string? DeclineCode = null);

/// <summary>Where a payment stands.</summary>
public enum PaymentState
{
    /// <summary>The gateway has not decided yet.</summary>
    Pending,

    /// <summary>The customer has to act (3-D Secure).</summary>
    RequiresAction,

    /// <summary>The money is held for us.</summary>
    Authorized,

    /// <summary>The money is ours.</summary>
    Captured,

    /// <summary>Refused for good; nothing is held.</summary>
    Declined,

    /// <summary>Given up before it was captured, perhaps before it existed; nothing is held.</summary>
    Voided,

    /// <summary>Given back after it was captured.</summary>
    Refunded,
}
