using Argosy.Contracts.Payment;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Payment.Features.Payments;

/// <summary>What Ordering calls, always through the sidecars. Every route may be repeated and is answered 503 while the gateway cannot say.</summary>
internal static class PaymentRoutes
{
    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        var payments = routes.MapGroup("/internal/payments/{orderId:guid}").ExcludeFromDescription().AddEndpointFilter<RouteGroupBuilder, GatewayFaultFilter>();
        payments.MapPut("", AuthorizeAsync);
        payments.MapGet("", async (Guid orderId, Inquiry inquiry, CancellationToken cancellationToken) => Answer(await inquiry.RunAsync(orderId, cancellationToken)));
        payments.MapPost("/capture", async (Guid orderId, Capture capture, CancellationToken cancellationToken) => Answer(await capture.RunAsync(orderId, cancellationToken)));
        payments.MapPost("/void", async (Guid orderId, Cancellation cancellation, CancellationToken cancellationToken) => Answer(await cancellation.RunAsync(orderId, cancellationToken)));
    }

    private static async Task<IResult> AuthorizeAsync(Guid orderId, AuthorizePayment request, Authorization authorization, CancellationToken cancellationToken) =>
        AuthorizePaymentValidation.Validate(request).Succeeded(out var terms, out var invalid)
            ? Answer(await authorization.RunAsync(orderId, terms, cancellationToken))
            : invalid.ToProblem();

    private static IResult Answer(Result<PaymentResult> result) => result.Match(Results.Ok, error => error.ToProblem());
}
