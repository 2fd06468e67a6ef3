using Argosy.Payment.Features.Audit;
using Argosy.Payment.Features.Configuration;
using Argosy.Payment.Features.Payments;
using Argosy.Payment.Features.Undo;
using Argosy.Payment.Features.Webhooks;
using Argosy.Payment.Infrastructure.Gateway;
using Argosy.Payment.Infrastructure.Persistence;
using Argosy.Payment.Infrastructure.Persistence.Postgres;
using Argosy.Payment.Infrastructure.Persistence.Sqlite;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.Extensions.Options;

namespace Argosy.Payment;

/// <summary>What the service consists of.</summary>
internal static class PaymentSetup
{
    public static WebApplicationBuilder AddPayment(this WebApplicationBuilder builder)
    {
        builder.AddArgosyDbContext<PaymentContext, SqlitePaymentContext, PostgresPaymentContext>("payment-db");
        var services = builder.Services;
        services.AddOptions<PaymentGatewayOptions>().BindConfiguration(PaymentGatewayOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PaymentGatewayOptions>, PaymentGatewayOptionsValidator>();

        services.AddSingleton<GatewayKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayKeys>());
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<GatewayCalls>();
        services.AddSingleton<PaymentGateway>();
        services.AddSingleton<WebhookReader>();

        services.AddSingleton<PaymentMetrics>();
        services.AddScoped<PaymentBook>();
        services.AddScoped<GatewayUndo>();
        services.AddScoped<Authorization>();
        services.AddScoped<Capture>();
        services.AddScoped<Cancellation>();
        services.AddScoped<Inquiry>();
        // After the database and the keys, both of which it needs.
        services.AddHostedService<UndoSweep>();
        return builder;
    }

    public static WebApplication MapPayment(this WebApplication app)
    {
        app.MapPayments();
        app.MapStripeWebhook();
        app.MapGetPaymentConfig();
        app.MapPaymentAudit();
        return app;
    }
}
