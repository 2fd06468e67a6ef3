namespace Argosy.Catalog.Domain;

/// <summary>A place in the category tree. Its slug contains its parents' (<c>kitchen-cookware</c>), so it is unique by itself.</summary>
internal sealed class Category
{
    private Category()
    {
    }

    public Category(string slug, string name, string? parentSlug)
    {
        Slug = slug;
        Name = name;
        ParentSlug = parentSlug;
    }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string? ParentSlug { get; private set; }
}
