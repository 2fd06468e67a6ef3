using Argosy.Gateway.Sessions;

namespace Argosy.Gateway.Security;

/// <summary>Headers that make browsers careful with everything that comes from us.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next, GatewayKeys keys)
{
    // For the web app: only what the shop itself serves, no inline script.
    private const string Pages = "default-src 'self'; script-src 'self'; connect-src 'self'; " + AllPages;

    // The same with Stripe's card form: its script, the frames it draws the form and the bank's questions in, and what it calls.
    private const string PagesWithCardForm = "default-src 'self'; script-src 'self' https://js.stripe.com; connect-src 'self' https://api.stripe.com; "
        + "frame-src https://js.stripe.com https://hooks.stripe.com; " + AllPages;

    private const string AllPages = "style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // For data and pictures, should a browser ever show them as a page.
    private const string Data = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private const string NoFeatures = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    private const string CardFormFeatures = "camera=(), geolocation=(), microphone=(), payment=(self \"https://js.stripe.com\"), usb=()";
    private const string OneYear = "max-age=31536000; includeSubDomains";

    public Task InvokeAsync(HttpContext context)
    {
        // When the answer starts, because an error handler empties what was set before.
        context.Response.OnStarting(Add, context);
        return next(context);
    }

    private Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // The API's viewer has its own policy.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/api") ? Data : keys.HasCardForm ? PagesWithCardForm : Pages;
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = keys.HasCardForm ? CardFormFeatures : NoFeatures;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        return Task.CompletedTask;
    }
}
