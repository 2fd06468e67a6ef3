using Argosy.Contracts;
using Argosy.Ordering.Features.Audit;
using Argosy.Ordering.Features.Contacts;
using Argosy.Ordering.Features.Dispatch;
using Argosy.Ordering.Features.Orders;
using Argosy.Ordering.Features.Payments;
using Argosy.Ordering.Features.Timeline;
using Argosy.Ordering.Infrastructure.Clients;
using Argosy.Ordering.Infrastructure.PersonalData;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.Ordering.Infrastructure.Persistence.Postgres;
using Argosy.Ordering.Infrastructure.Persistence.Sqlite;
using Argosy.Ordering.Workflows;
using Argosy.Ordering.Workflows.Activities;
using Argosy.ServiceDefaults.Persistence;
using Argosy.ServiceDefaults.Sidecar;
using Dapr.Workflow;
using Microsoft.Extensions.Options;

namespace Argosy.Ordering;

/// <summary>What the service consists of.</summary>
internal static class OrderingSetup
{
    public static WebApplicationBuilder AddOrdering(this WebApplicationBuilder builder)
    {
        builder.AddArgosyDbContext<OrderingContext, SqliteOrderingContext, PostgresOrderingContext>("ordering-db");
        var services = builder.Services;
        services.AddServiceClient<BasketClient>(AppIds.Basket);
        services.AddServiceClient<InventoryClient>(AppIds.Inventory);
        services.AddServiceClient<PaymentClient>(AppIds.Payment);
        services.AddOptions<OrderingOptions>().BindConfiguration(OrderingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OrderingOptions>, OrderingOptionsValidator>();

        services.AddSingleton<PersonalDataKey>();
        services.AddHostedService(provider => provider.GetRequiredService<PersonalDataKey>());
        services.AddSingleton(provider => provider.GetRequiredService<PersonalDataKey>().Sealer);
        services.AddSingleton<PersonalDataVault>();

        services.AddSingleton<OrderWatch>();
        services.AddSingleton<OrderMetrics>();
        services.AddScoped<OrderIntake>();
        services.AddSingleton<WorkflowSignals>();
        services.AddSingleton<WorkflowGateway>();

        // After the database and the key, since activities need both from their first work item on.
        services.AddDaprWorkflow(workflows =>
        {
            workflows.RegisterWorkflow<OrderWorkflow>();
            workflows.RegisterActivity<ReserveStock>();
            workflows.RegisterActivity<ReleaseStock>();
            workflows.RegisterActivity<AuthorizePayment>();
            workflows.RegisterActivity<CheckPayment>();
            workflows.RegisterActivity<VoidPayment>();
            workflows.RegisterActivity<ConfirmOrder>();
            workflows.RegisterActivity<CapturePayment>();
            workflows.RegisterActivity<ShipOrder>();
            workflows.RegisterActivity<CompleteOrder>();
            workflows.RegisterActivity<CancelOrder>();
        });
        services.AddHostedService<WorkflowDispatcher>();
        return builder;
    }

    public static WebApplication MapOrdering(this WebApplication app)
    {
        app.MapSubmitOrder();
        app.MapListOrders();
        app.MapGetOrder();
        app.MapCancelOrder();
        app.MapShipOrder();
        app.MapGetTimeline();
        app.MapListContacts();
        app.MapPaymentNews();
        app.MapOrderingAudit();
        return app;
    }
}
