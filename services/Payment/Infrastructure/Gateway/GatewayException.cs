using Argosy.ServiceDefaults.Errors;

namespace Argosy.Payment.Infrastructure.Gateway;

/// <summary>A call to the gateway that told nothing of the payment. Its message names codes only, since answers may hold what logs must not.</summary>
internal sealed class GatewayException(GatewayFault fault, string reason, Exception? cause = null) : Exception(reason, cause)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static readonly DomainError Unavailable =
        new("payment-gateway-unavailable", "The payment gateway does not answer at the moment; the same request may be made again.", StatusCodes.Status503ServiceUnavailable) { RetryAfter = Pause };

    private static readonly DomainError Misconfigured =
        new("payment-gateway-misconfigured", "The payment gateway does not accept this shop's key.", StatusCodes.Status503ServiceUnavailable) { RetryAfter = TimeSpan.FromSeconds(30) };

    public GatewayFault Fault { get; } = fault;

    /// <summary>What our caller is told.</summary>
    public DomainError Error => Fault == GatewayFault.Misconfigured ? Misconfigured : Unavailable;
}
