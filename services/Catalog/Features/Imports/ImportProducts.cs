using Argosy.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Argosy.Catalog.Features.Imports;

/// <summary><c>POST /api/catalog/imports</c> (operators): the body is a CSV file in Shopify's product format.</summary>
internal static class ImportProducts
{
    public const long MaximumBytes = 16 * 1024 * 1024;

    public static void MapImportProducts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/imports", HandleAsync).RequireOperator().WithMetadata(new SizeLimit())
            .WithSummary("Imports a CSV file in Shopify's product format, as a whole or not at all").WithTags("Catalog")
            .Accepts<string>("text/csv").Produces<ImportReport>().ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(HttpContext http, ProductImporter importer, CancellationToken cancellationToken)
    {
        var errors = new ImportErrors();
        return await importer.ImportAsync(http.Request.Body, errors, cancellationToken) is { } report
            ? TypedResults.Ok(report)
            : TypedResults.Problem(
                title: "The file cannot be imported; nothing was changed.",
                statusCode: StatusCodes.Status422UnprocessableEntity,
                extensions: new Dictionary<string, object?> { ["code"] = "import-invalid", ["rowErrors"] = errors.All, ["complete"] = !errors.IsFull });
    }

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaximumBytes;
    }
}
