using Argosy.Payment.Domain;
using Argosy.Payment.Features.Payments;
using Argosy.Payment.Infrastructure.Gateway;
using Argosy.Payment.Infrastructure.Persistence;
using Microsoft.AspNetCore.Mvc;

namespace Argosy.Payment.Features.Webhooks;

/// <summary>Takes the gateway's events. They need no inbox: the payment's state makes a repeated, late or overtaken one harmless.</summary>
internal static partial class StripeWebhook
{
    private const int MaximumBody = 256 * 1024;

    public static void MapStripeWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/payments/webhooks/stripe", HandleAsync)
            .WithName("ReceiveStripeEvent").WithSummary("Events of the payment gateway; the signature is verified").WithTags("Payments")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBody))
            .AddEndpointFilter<GatewayFaultFilter>()
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HandleAsync(HttpRequest request, WebhookReader reader, PaymentContext context, PaymentBook book, PaymentGateway gateway, ILogger<WebhookReader> logger, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (!reader.Read(body.GetBuffer().AsMemory(0, (int)body.Length), request.Headers["Stripe-Signature"].ToString()).Succeeded(out var notice, out var refusal))
            return refusal.ToProblem();
        if (notice is null)
            return Results.NoContent();
        if (await context.FindPaymentAsync(notice.OrderId, cancellationToken) is not { } payment)
        {
            LogUnknown(logger, notice.OrderId, notice.Payment.IntentId);
            return Results.NoContent();
        }
        var seen = notice.Payment;
        // Events overtake each other: what does not fit is asked for.
        if (payment.Judge(seen) == Verdict.Contradicts)
            seen = await gateway.GetAsync(seen.IntentId!);
        await book.LearnAsync(payment, seen, cancellationToken);
        return Results.NoContent();
    }

    [LoggerMessage(EventId = 433, Level = LogLevel.Debug, Message = "An event concerns order {OrderId} (intent {IntentId}), which has no payment here")]
    private static partial void LogUnknown(ILogger logger, Guid orderId, string? intentId);
}
