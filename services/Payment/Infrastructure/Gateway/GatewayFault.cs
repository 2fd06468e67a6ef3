namespace Argosy.Payment.Infrastructure.Gateway;

/// <summary>Why a call to the gateway told nothing of the payment.</summary>
internal enum GatewayFault
{
    /// <summary>It may or may not have done what was asked: the same call has to be made again.</summary>
    Unavailable,

    /// <summary>Our key is not accepted.</summary>
    Misconfigured,

    /// <summary>The idempotency key was used before for another request.</summary>
    KeyReused,

    /// <summary>It will not do it, however often it is asked.</summary>
    Refused,

    /// <summary>It knows no such intent.</summary>
    UnknownIntent,
}
