using System.Collections.Frozen;

namespace Argosy.Catalog.Infrastructure.Drawing;

/// <summary>Drawings of what the categories hold, on a 400 × 400 canvas. The classes in them: <c>a</c> main colour, <c>b</c> dark, <c>c</c> light,
/// <c>l</c> thin line, <c>m</c> thick line.</summary>
internal static class Motifs
{
    private const string Parcel =
        """<path class="a" d="M200 90l110 54v120l-110 60-110-60V144z"/><path class="b" d="M200 204l110-60v120l-110 60z"/><path class="c" d="M140 112l110 58v44l-26-14v-16l-112-58z"/>""";

    private static readonly FrozenDictionary<string, string> ByCategory = Read();

    /// <summary>The drawing for a category, or a parcel for those nobody drew.</summary>
    public static string For(string categorySlug) => ByCategory.GetValueOrDefault(categorySlug, Parcel);

    private static FrozenDictionary<string, string> Read()
    {
        using var text = new StreamReader(typeof(Motifs).Assembly.GetManifestResourceStream("Motifs.txt")!);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|', 2))
            .ToFrozenDictionary(parts => parts[0], parts => parts[1].TrimEnd());
    }
}
