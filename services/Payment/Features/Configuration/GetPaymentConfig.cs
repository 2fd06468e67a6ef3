using Argosy.Payment.Infrastructure.Gateway;

namespace Argosy.Payment.Features.Configuration;

internal static class GetPaymentConfig
{
    public static void MapGetPaymentConfig(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/payments/config", (GatewayKeys keys) => new PaymentConfig(keys.PublishableKey))
            .WithName("GetPaymentConfig").WithSummary("What the web app needs to ask for a card").WithTags("Payments");
}

/// <summary>What the web app needs to ask for a card.</summary>
/// <param name="PublishableKey">Stripe's publishable key for its own card form; null where the web app has to offer test cards.</param>
internal sealed record PaymentConfig(string? PublishableKey);
