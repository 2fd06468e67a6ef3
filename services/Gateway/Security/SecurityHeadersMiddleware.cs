namespace Argosy.Gateway.Security;

/// <summary>Headers that make browsers careful with everything that comes from us.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    // For the web app: only what the shop itself serves, no inline script.
    private const string Pages = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // For data and pictures, should a browser ever show them as a page.
    private const string Data = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private const string NoFeatures = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    private const string OneYear = "max-age=31536000; includeSubDomains";

    public Task InvokeAsync(HttpContext context)
    {
        // When the answer starts, because an error handler empties what was set before.
        context.Response.OnStarting(Add, context);
        return next(context);
    }

    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // The API's viewer has its own policy.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/api") ? Data : Pages;
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = NoFeatures;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        return Task.CompletedTask;
    }
}
