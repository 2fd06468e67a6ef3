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

    public static void UseWebApp(this WebApplication app)
    {
        var root = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Web.Root;
        if (string.IsNullOrEmpty(root) || !Directory.Exists(root))
        {
            LogMissing(app.Logger, root ?? "unset");
            return;
        }
        var files = new PhysicalFileProvider(Path.GetFullPath(root));
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types, OnPrepareResponse = SetCaching });
        app.Use((context, next) => IsPage(context) ? SendStartPageAsync(context, files.GetFileInfo(StartPage)) : next(context));
    }

    // A page of the app: no route of ours, no file, and no address that could be mistaken for either.
    private static bool IsPage(HttpContext context)
    {
        var request = context.Request;
        return context.GetEndpoint() is null
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !Path.HasExtension(request.Path.Value)
            && !NotPages.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
    }

    private static Task SendStartPageAsync(HttpContext context, IFileInfo page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        context.Response.Headers.CacheControl = AskEachTime;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.SendFileAsync(page, context.RequestAborted);
    }

    private static void SetCaching(StaticFileResponseContext file) =>
        file.Context.Response.Headers[HeaderNames.CacheControl] = file.Context.Request.Path.StartsWithSegments("/assets") ? Immutable : AskEachTime;

    [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "No web app is served: the folder Web:Root ({Root}) is not there")]
    private static partial void LogMissing(ILogger logger, string root);
}
