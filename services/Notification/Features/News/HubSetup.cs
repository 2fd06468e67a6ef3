using Argosy.ServiceDefaults.Http;

namespace Argosy.Notification.Features.News;

/// <summary>The hub's place in the request pipeline.</summary>
internal static class HubSetup
{
    private const string Hubs = "/hubs";

    // Clients call nothing: what they send are the protocol's own small messages.
    private const int LargestMessage = 4 * 1024;

    public static void AddNewsHub(this IServiceCollection services) =>
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = LargestMessage;
            options.DisableImplicitFromServicesParameters = true;
        });

    /// <summary>Refuses connections that do not say whose they are (401 <c>customer-required</c>), each request of theirs.</summary>
    public static void MapNewsHub(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Hubs), hubs => hubs.Use(async (context, next) =>
        {
            await CustomerId.BindAsync(context);
            await next(context);
        }));
        app.MapHub<NotificationsHub>($"{Hubs}/notifications");
    }
}
