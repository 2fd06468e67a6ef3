using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Argosy.Catalog.Features.Categories;
using Argosy.Catalog.Features.Products;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Catalog.Features;

/// <summary>Writers for the cached answers, made at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Paged<ProductListItem>))]
[JsonSerializable(typeof(ProductView))]
[JsonSerializable(typeof(CategoryList))]
internal sealed partial class CatalogJson : JsonSerializerContext
{
    /// <summary>The answers are sent as JSON, never inside HTML, so only JSON's own characters are escaped.</summary>
    public static CatalogJson Compact { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
