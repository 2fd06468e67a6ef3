using Microsoft.AspNetCore.Http.Features;

namespace Argosy.Sidecar.Hosting;

/// <summary>Reads the parts of an API path the way daprd does.</summary>
internal static class ApiPath
{
    /// <summary>A segment of the path, decoded like a form value: <c>%2F</c> gives a slash and <c>+</c> a blank. Route values cannot be used
    /// for it, since the server has already decoded a part of them.</summary>
    /// <param name="index">Counted from the version: in <c>/v1.0/state/{store}/{key}</c> the store is 2.</param>
    public static string Segment(this HttpContext context, int index)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?');
        var segment = (end < 0 ? target : target[..end]).Split('/', StringSplitOptions.RemoveEmptyEntries)[index];
        return Uri.UnescapeDataString(segment.Replace('+', ' '));
    }
}
