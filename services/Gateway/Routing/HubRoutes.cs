namespace Argosy.Gateway.Routing;

/// <summary><c>/hubs</c>: live news.</summary>
internal static class HubRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete, HttpMethods.Connect];

    public static void MapHubs(this WebApplication app)
    {
        var edge = app.Services.GetRequiredService<HubEdge>();
        // Not measured: a connection lasts as long as the page is open, which says nothing of how fast the shop answers.
        app.MapMethods("/hubs/{**path}", Methods, edge.HandleAsync).DisableHttpMetrics();
    }
}
