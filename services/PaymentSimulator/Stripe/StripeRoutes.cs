using Argosy.PaymentSimulator.Features.Charges;
using Argosy.PaymentSimulator.Features.Events;
using Argosy.PaymentSimulator.Features.PaymentIntents;
using Argosy.PaymentSimulator.Features.Refunds;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>The part of Stripe's API that is spoken.</summary>
internal static class StripeRoutes
{
    /// <summary>Protected by the shop's key; calls do not come through this service's sidecar.</summary>
    public const string Prefix = "/v1";

    public static void MapStripe(this IEndpointRouteBuilder app)
    {
        var stripe = app.MapGroup(Prefix).ExcludeFromDescription();
        stripe.Post("/payment_intents", CreatePaymentIntent.HandleAsync);
        stripe.Post("/payment_intents/{id}/confirm", ConfirmPaymentIntent.HandleAsync);
        stripe.Post("/payment_intents/{id}/capture", CapturePaymentIntent.HandleAsync);
        stripe.Post("/payment_intents/{id}/cancel", CancelPaymentIntent.HandleAsync);
        stripe.Get("/payment_intents/{id}", GetPaymentIntent.HandleAsync);
        stripe.Get("/payment_intents", ListPaymentIntents.HandleAsync);
        stripe.Get("/charges/{id}", GetCharge.HandleAsync);
        stripe.Post("/refunds", CreateRefund.HandleAsync);
        stripe.Get("/refunds/{id}", GetRefund.HandleAsync);
        stripe.Get("/refunds", ListRefunds.HandleAsync);
        stripe.Get("/events/{id}", GetEvent.HandleAsync);
        stripe.Get("/events", ListEvents.HandleAsync);
        stripe.MapFallback("{**path}", (HttpContext http, StripePipeline pipeline) =>
            pipeline.RunAsync(http, (_, _) => throw StripeErrors.NoSuchUrl(http.Request.Method, http.Request.Path)));
    }

    private static void Get(this RouteGroupBuilder routes, string pattern, StripeHandler handler) =>
        routes.MapGet(pattern, (HttpContext http, StripePipeline pipeline) => pipeline.RunAsync(http, handler));

    private static void Post(this RouteGroupBuilder routes, string pattern, StripeHandler handler) =>
        routes.MapPost(pattern, (HttpContext http, StripePipeline pipeline) => pipeline.RunAsync(http, handler));
}
