using Argosy.Contracts;
using Argosy.Notification.Features;
using Argosy.Notification.Features.Audit;
using Argosy.Notification.Features.Intake;
using Argosy.Notification.Features.Mailbox;
using Argosy.Notification.Features.Mails;
using Argosy.Notification.Features.News;
using Argosy.Notification.Infrastructure.Persistence;
using Argosy.Notification.Infrastructure.Persistence.Postgres;
using Argosy.Notification.Infrastructure.Persistence.Sqlite;
using Argosy.ServiceDefaults.Persistence;
using Argosy.ServiceDefaults.Sidecar;
using Microsoft.Extensions.Options;

namespace Argosy.Notification;

/// <summary>What the service consists of.</summary>
internal static class NotificationSetup
{
    public static WebApplicationBuilder AddNotification(this WebApplicationBuilder builder)
    {
        builder.AddArgosyDbContext<NotificationContext, SqliteNotificationContext, PostgresNotificationContext>("notification-db");
        var services = builder.Services;
        services.AddOptions<NotificationOptions>().Bind(builder.Configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NotificationOptions>, NotificationOptionsValidator>();
        services.AddSingleton<NotificationMetrics>();
        services.AddSingleton<NewNotices>();
        services.AddSingleton<NoticeIntake>();

        services.AddNewsHub();
        services.AddSingleton<Listeners>();
        services.AddSingleton<RecentNews>();
        services.AddHostedService<NewsFollower>();

        services.AddServiceClient<OrderContactsClient>(AppIds.Ordering);
        services.AddSingleton<Mailer>();
        services.AddSingleton<MailDispatch>();
        services.AddHostedService<MailSender>();
        services.AddSingleton<Mailbox>();
        return builder;
    }

    public static WebApplication MapNotification(this WebApplication app)
    {
        app.MapNewsHub();
        app.MapOrderEvents();
        app.MapGetMailbox();
        app.MapNotificationAudit();
        return app;
    }
}
