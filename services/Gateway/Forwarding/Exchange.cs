using System.Diagnostics;
using System.Net.Http.Headers;
using Argosy.Contracts.Http;
using Argosy.ServiceDefaults.Errors;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Gateway.Forwarding;

/// <summary>One forwarded request and its answer. Of the client's headers only those that services understand go in, so nothing can be
/// smuggled; of an answer everything goes out but what belongs to the inside.</summary>
/// <param name="prefix">What comes before the request's path.</param>
/// <param name="token">Sent as <c>dapr-api-token</c>: the sidecar's API token, or the app token where the hop passes no sidecar.</param>
/// <param name="identity">Whom the service is told the request is from.</param>
/// <param name="moreHeaders">Further headers of the client that go in.</param>
internal sealed class Exchange(string prefix, string? token, ForwardedIdentity identity, IReadOnlyList<string>? moreHeaders = null) : HttpTransformer
{
    private const string ProblemJson = "application/problem+json";

    private static readonly string[] RequestHeaders =
    [
        HeaderNames.Accept, HeaderNames.AcceptLanguage, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince, HeaderNames.UserAgent, ArgosyHeaders.IdempotencyKey, "Stripe-Signature",
    ];

    // Set when the answer was no service's own and must be replaced by this.
    private DomainError? _problem;

    /// <summary>Answers the client where the service did not.</summary>
    public async Task FinishAsync(HttpContext context, ForwarderError error)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return;
        var problem = error == ForwarderError.None ? _problem : UpstreamProblems.Of(error, context.GetForwarderErrorFeature()?.Exception);
        if (problem is not null)
            await problem.ToProblem().ExecuteAsync(context);
    }

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var request = httpContext.Request;
        // The path as it was matched, encoded again: what was checked is what is sent.
        proxyRequest.RequestUri = new Uri(string.Concat(prefix, request.Path.ToUriComponent(), request.QueryString.Value), UriKind.Absolute);
        Copy(RequestHeaders, request, proxyRequest);
        Copy(moreHeaders ?? [], request, proxyRequest);
        CopyContentHeaders(request, proxyRequest.Content);
        var headers = proxyRequest.Headers;
        if (token is not null)
            headers.TryAddWithoutValidation("dapr-api-token", token);
        if (identity.Customer is not null)
            headers.TryAddWithoutValidation(ArgosyHeaders.Customer, identity.Customer);
        if (identity.IsOperator)
            headers.TryAddWithoutValidation(ArgosyHeaders.Role, "operator");
        if (identity.Origin is not null)
            headers.TryAddWithoutValidation(ArgosyHeaders.Origin, identity.Origin);
        if (Activity.Current?.Id is { } trace)
            headers.TryAddWithoutValidation(HeaderNames.TraceParent, trace);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
            return ValueTask.FromResult(false);
        // Every service answers its errors as problems; any other error is the sidecar's or a server's, and is none of the client's business.
        if ((int)proxyResponse.StatusCode >= StatusCodes.Status400BadRequest && proxyResponse.Content.Headers.ContentType?.MediaType != ProblemJson)
        {
            _problem = UpstreamProblems.Of((int)proxyResponse.StatusCode);
            return ValueTask.FromResult(false);
        }
        RemoveInternal(proxyResponse.Headers);
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }

    private static void Copy(IReadOnlyList<string> names, HttpRequest request, HttpRequestMessage proxyRequest)
    {
        foreach (var name in names)
        {
            if (request.Headers.TryGetValue(name, out var values))
                proxyRequest.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!);
        }
    }

    private static void CopyContentHeaders(HttpRequest request, HttpContent? content)
    {
        if (content is null)
            return;
        if (request.ContentType is { } type)
            content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, type);
        content.Headers.ContentLength = request.ContentLength;
    }

    // Cookies are the gateway's alone to set.
    private static void RemoveInternal(HttpResponseHeaders headers)
    {
        headers.Remove(HeaderNames.Server);
        headers.Remove(HeaderNames.SetCookie);
        List<string>? inside = null;
        foreach (var (name, _) in headers.NonValidated)
        {
            if (name.StartsWith("dapr-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Argosy-", StringComparison.OrdinalIgnoreCase))
                (inside ??= []).Add(name);
        }
        inside?.ForEach(name => headers.Remove(name));
    }
}
