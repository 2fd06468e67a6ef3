using Argosy.Catalog.Domain;

namespace Argosy.Catalog.Features.Products;

/// <summary>Orders of a product list. Each ends with the id, so that pages neither repeat nor skip a product.</summary>
internal static class ProductSort
{
    public const string Default = "newest";

    private static readonly Dictionary<string, Func<IQueryable<Product>, IQueryable<Product>>> Orders = new()
    {
        [Default] = products => products.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id),
        ["price"] = products => products.OrderBy(p => p.PriceFrom).ThenBy(p => p.Id),
        ["-price"] = products => products.OrderByDescending(p => p.PriceFrom).ThenByDescending(p => p.Id),
        ["title"] = products => products.OrderBy(p => p.Title).ThenBy(p => p.Id),
    };

    public static IEnumerable<string> Names => Orders.Keys;

    public static bool Exists(string name) => Orders.ContainsKey(name);

    public static IQueryable<Product> Apply(string name, IQueryable<Product> products) => Orders[name](products);
}
