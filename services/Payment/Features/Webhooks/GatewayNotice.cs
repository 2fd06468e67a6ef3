using Argosy.Payment.Domain;

namespace Argosy.Payment.Features.Webhooks;

/// <summary>An event of the gateway's that concerns a payment of ours.</summary>
internal sealed record GatewayNotice(Guid OrderId, GatewayPayment Payment);
