using Argosy.Catalog.Infrastructure.Drawing;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Images;

/// <summary><c>GET /api/catalog/images/{id}.svg</c>. The id is a hash of the picture, so caches may keep it for ever.</summary>
internal static class GetImage
{
    public static void MapGetImage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/images/{id}.svg", HandleAsync).WithSummary("A product picture").WithTags("Catalog")
            .Produces(StatusCodes.Status200OK, contentType: "image/svg+xml").ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string id, HttpContext http, CatalogContext context, CancellationToken cancellationToken)
    {
        var etag = $"\"{id}\"";
        var svg = id.Length > ProductDrawing.IdLength ? null : await context.Images.AsNoTracking().Where(i => i.Id == id).Select(i => i.Svg).SingleOrDefaultAsync(cancellationToken);
        if (svg is null)
            return DomainError.NotFound("image").ToProblem();
        var headers = http.Response.Headers;
        headers.ETag = etag;
        headers.CacheControl = "public, max-age=31536000, immutable";
        // An SVG opened by itself is a document: without these it could run scripts in the shop's name.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        return http.Request.Headers.IfNoneMatch == etag ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Text(svg, "image/svg+xml");
    }
}
