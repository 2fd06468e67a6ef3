namespace Argosy.Payment.Domain;

/// <summary>How what the gateway says relates to what is known of a payment.</summary>
internal enum Verdict
{
    /// <summary>Known already, or the next step.</summary>
    Agrees,

    /// <summary>Out of date, or wrong: only asking the gateway tells.</summary>
    Contradicts,

    /// <summary>The payment is given up, yet the gateway has money for it, or might get some.</summary>
    MustBeUndone,

    /// <summary>It speaks of another intent than ours.</summary>
    Foreign,
}
