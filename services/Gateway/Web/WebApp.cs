using Argosy.ServiceDefaults.Errors;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Argosy.Gateway.Web;

/// <summary>Serves the built web app. Files under <c>/assets</c> have their hash in the name and never change; all others are asked
/// about each time. Addresses of the app's own pages get its start page.</summary>
internal static partial class WebApp
{
    private const string StartPage = "/index.html";
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string AskEachTime = "no-cache";
    private static readonly string[] NotPages = ["/api", "/docs", "/health", "/hubs", "/metrics", "/assets", "/v1.0", "/events", "/internal", "/dapr", "/actors"];
    private static readonly DomainError NotFound = new("not-found", "There is nothing at this address.", StatusCodes.Status404NotFound);

    public static void UseWebApp(this WebApplication app)
    {
        if (Folder(app) is not { } folder)
            return;
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), ContentTypeProvider = types, OnPrepareResponse = SetCaching });
    }

    public static void MapWebAppFallback(this WebApplication app)
    {
        var folder = Folder(app);
        if (folder is null)
            LogMissing(app.Logger, app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Web.Root ?? "unset");
        app.MapFallback(context => folder is not null && IsPage(context.Request) ? SendStartPageAsync(context, folder) : NotFound.ToProblem().ExecuteAsync(context));
    }

    private static string? Folder(WebApplication app) =>
        app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Web.Root is { Length: > 0 } root && Directory.Exists(root) ? Path.GetFullPath(root) : null;

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Path.HasExtension(request.Path.Value)
        && !NotPages.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    private static Task SendStartPageAsync(HttpContext context, string folder)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = AskEachTime;
        return context.Response.SendFileAsync(folder + StartPage, context.RequestAborted);
    }

    private static void SetCaching(StaticFileResponseContext file) =>
        file.Context.Response.Headers[HeaderNames.CacheControl] = file.Context.Request.Path.StartsWithSegments("/assets") ? Immutable : AskEachTime;

    [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "No web app is served: the folder Web:Root ({Root}) is not there")]
    private static partial void LogMissing(ILogger logger, string root);
}
