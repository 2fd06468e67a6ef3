namespace Argosy.PaymentSimulator.Domain;

/// <summary>How a payment is answered.</summary>
internal enum AnswerBehaviour
{
    /// <summary>The money is held or taken at once.</summary>
    Normal,

    /// <summary>The card is declined.</summary>
    Decline,

    /// <summary>The customer has to prove who they are (3-D Secure).</summary>
    RequireAction,

    /// <summary>The payment is made after a pause.</summary>
    Slow,

    /// <summary>The payment is made at once, but its answer comes later than clients wait.</summary>
    TimeOutAfterCharge,
}
