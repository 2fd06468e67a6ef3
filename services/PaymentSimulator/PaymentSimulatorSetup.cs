using Argosy.PaymentSimulator.Features.Audit;
using Argosy.PaymentSimulator.Features.Challenges;
using Argosy.PaymentSimulator.Features.Settings;
using Argosy.PaymentSimulator.Features.Webhooks;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Argosy.PaymentSimulator.Infrastructure.Persistence.Postgres;
using Argosy.PaymentSimulator.Infrastructure.Persistence.Sqlite;
using Argosy.PaymentSimulator.Stripe;
using Argosy.ServiceDefaults.Persistence;

namespace Argosy.PaymentSimulator;

/// <summary>What the service consists of.</summary>
internal static class PaymentSimulatorSetup
{
    public static WebApplicationBuilder AddPaymentSimulator(this WebApplicationBuilder builder)
    {
        builder.AddArgosyDbContext<SimulatorContext, SqliteSimulatorContext, PostgresSimulatorContext>("paymentsimulator-db");
        var services = builder.Services;
        services.AddSingleton<StripeKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<StripeKeys>());
        services.AddSingleton<SettingsStore>();
        services.AddHostedService(provider => provider.GetRequiredService<SettingsStore>());
        services.AddSingleton<KeysInUse>();
        services.AddScoped<IdempotentCalls>();
        services.AddScoped<StripePipeline>();
        services.AddSingleton<WebhookSignal>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookDelivery>();
        services.AddHostedService<Housekeeping>();
        return builder;
    }

    public static WebApplication MapPaymentSimulator(this WebApplication app)
    {
        app.MapStripe();
        app.MapChallenges();
        app.MapSettings();
        app.MapSimulatorAudit();
        return app;
    }
}
