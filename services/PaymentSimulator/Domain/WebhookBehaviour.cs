namespace Argosy.PaymentSimulator.Domain;

/// <summary>How the events of a payment are delivered.</summary>
internal enum WebhookBehaviour
{
    /// <summary>At once, until the receiver has taken it.</summary>
    Once,

    /// <summary>The same event twice.</summary>
    Twice,

    /// <summary>After a pause.</summary>
    Late,

    /// <summary>Not at all; only the API tells.</summary>
    Never,
}
