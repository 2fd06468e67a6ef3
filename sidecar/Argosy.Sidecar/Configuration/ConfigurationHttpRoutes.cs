using System.Text.Json.Serialization.Metadata;
using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.Configuration;

/// <summary>The HTTP front of the configuration API.</summary>
internal static class ConfigurationHttpRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var version in (string[])["v1.0", "v1.0-alpha1"])
        {
            routes.MapGet($"/{version}/configuration/{{store}}", GetAsync);
            routes.MapGet($"/{version}/configuration/{{store}}/subscribe", SubscribeAsync);
            routes.MapGet($"/{version}/configuration/{{store}}/{{id}}/unsubscribe", UnsubscribeAsync);
        }
    }

    private static async Task GetAsync(HttpContext context)
    {
        var items = await context.GetSidecar().App.Engine<ConfigurationEngine>()
            .GetAsync(context.Segment(2), Keys(context), RequestMetadata.From(context.Request), context.RequestAborted);
        if (items.Count == 0)
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await WriteAsync(context, ConfigurationItemBody.From(items), ConfigurationJson.Default.DictionaryStringConfigurationItemBody);
    }

    private static async Task SubscribeAsync(HttpContext context)
    {
        var sidecar = context.GetSidecar();
        var id = await sidecar.App.Engine<ConfigurationCallbacks>()
            .SubscribeAsync(sidecar, context.Segment(2), Keys(context), RequestMetadata.From(context.Request), context.RequestAborted);
        await WriteAsync(context, new SubscribedBody(id), ConfigurationJson.Default.SubscribedBody);
    }

    private static async Task UnsubscribeAsync(HttpContext context)
    {
        var app = context.GetSidecar().App;
        _ = app.Engine<ConfigurationEngine>().Find(context.Segment(2));
        var id = context.Segment(3);
        var ended = await app.Engine<ConfigurationCallbacks>().UnsubscribeAsync(id);
        context.Response.StatusCode = ended ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        await WriteAsync(context, ended ? new UnsubscribedBody(true, null) : new UnsubscribedBody(null, ConfigurationErrors.UnsubscribeFailed(id)),
            ConfigurationJson.Default.UnsubscribedBody);
    }

    private static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(body, type, contentType: "application/json", context.RequestAborted);

    private static List<string> Keys(HttpContext context) => [.. context.Request.Query["key"].OfType<string>()];
}
