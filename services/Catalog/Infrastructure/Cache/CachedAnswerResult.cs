using Microsoft.Net.Http.Headers;

namespace Argosy.Catalog.Infrastructure.Cache;

/// <summary>Sends a ready-made answer, or 304 to a client that has it.</summary>
/// <param name="isPublic">False for what only the asking operator may see.</param>
internal sealed class CachedAnswerResult(CachedAnswer answer, bool isPublic = true) : IResult
{
    // Anyone may keep it but has to ask whether it is still right: stock and prices show up at once.
    private const string CacheControl = "public, no-cache";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = answer.ETag;
        response.Headers.CacheControl = isPublic ? CacheControl : "private, no-store";
        if (HasIt(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = answer.Body.Length;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(answer.Body, httpContext.RequestAborted).AsTask();
    }

    private bool HasIt(HttpRequest request)
    {
        var header = request.Headers.IfNoneMatch;
        if (header.Count == 0)
            return false;
        if (header == answer.ETag)
            return true;
        var own = new EntityTagHeaderValue(answer.ETag);
        return EntityTagHeaderValue.TryParseList(header, out var known)
            && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false));
    }
}
