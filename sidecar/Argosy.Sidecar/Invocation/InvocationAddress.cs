using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Argosy.Sidecar.Invocation;

/// <summary>Whom a request is for, and which path there: parsed from <c>/v1.0/invoke/APP/method/PATH</c>, or from a <c>dapr-app-id</c>
/// header or Basic user on any other path.</summary>
/// <param name="AppId">As given: an app, possibly as <c>app.namespace</c>, an HTTPEndpoint, or a URL of http or https.</param>
/// <param name="PathAndQuery">Begins with a slash, escaped.</param>
internal readonly record struct InvocationAddress(string AppId, string PathAndQuery)
{
    public const string Prefix = "/v1.0/invoke/";
    public const string Header = "dapr-app-id";
    private const string MethodSegment = "/method";

    /// <summary>Of a path that starts with <see cref="Prefix"/>; null when it names no method.</summary>
    public static InvocationAddress? FromPath(HttpContext context)
    {
        var target = EscapedTarget(context);
        var start = Prefix.Length;
        var query = target.IndexOf('?', start);
        var pathEnd = query < 0 ? target.Length : query;
        // Followed by a slash first: the host of a URL in place of the app id may begin with the same letters.
        var appEnd = target.IndexOf(MethodSegment + "/", start, pathEnd - start, StringComparison.Ordinal);
        if (appEnd < 0 && target.AsSpan(0, pathEnd).EndsWith(MethodSegment, StringComparison.Ordinal))
            appEnd = pathEnd - MethodSegment.Length;
        if (appEnd <= start)
            return null;
        var methodStart = appEnd + MethodSegment.Length;
        var appId = target[start..appEnd];
        if (appId.Contains('%'))
            appId = Uri.UnescapeDataString(appId);
        appId = WithBothSlashes(appId, "http:/", "https:/");
        return new InvocationAddress(appId, methodStart == pathEnd ? "/" + target[pathEnd..] : target[methodStart..]);
    }

    /// <summary>A URL in place of the app id loses one slash when its path is cleaned.</summary>
    private static string WithBothSlashes(string appId, params ReadOnlySpan<string> schemes)
    {
        foreach (var scheme in schemes)
        {
            if (appId.StartsWith(scheme, StringComparison.Ordinal) && !appId.AsSpan(scheme.Length).StartsWith('/'))
                return $"{scheme}/{appId.AsSpan(scheme.Length)}";
        }
        return appId;
    }

    /// <summary>From the header or Basic user; null when there is neither.</summary>
    public static InvocationAddress? FromHeaders(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.TryGetValue(Header, out var named) && named.ToString() is { Length: > 0 } appId)
            return new InvocationAddress(appId, EscapedTarget(context));
        var authorization = headers.Authorization.ToString();
        if (!authorization.StartsWith("Basic ", StringComparison.Ordinal))
            return null;
        var credentials = new byte[authorization.Length];
        if (!Convert.TryFromBase64Chars(authorization.AsSpan("Basic ".Length).Trim(), credentials, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(credentials, 0, length).Split(':');
        return pair.Length == 2 && pair[1].Length > 0 && pair[0].Equals(Header, StringComparison.OrdinalIgnoreCase)
            ? new InvocationAddress(pair[1], EscapedTarget(context))
            : null;
    }

    /// <summary>Path and query as received where that is already normal; otherwise with the path decoded, cleaned and escaped again, so that the
    /// app never sees another path than the one the sidecar judged.</summary>
    private static string EscapedTarget(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = raw.IndexOf('?');
        var path = query < 0 ? raw.AsSpan() : raw.AsSpan(0, query);
        var isNormal = path.Length > 0 && path[0] == '/' && !path.Contains('%') && path.IndexOf("/.", StringComparison.Ordinal) < 0 && path.IndexOf("//", StringComparison.Ordinal) < 0;
        if (isNormal)
            return raw;
        var cleaned = context.Request.Path.ToUriComponent();
        while (cleaned.Contains("//", StringComparison.Ordinal))
            cleaned = cleaned.Replace("//", "/", StringComparison.Ordinal);
        return cleaned + context.Request.QueryString.ToUriComponent();
    }
}
