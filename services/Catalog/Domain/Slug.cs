using System.Globalization;
using System.Text;

namespace Argosy.Catalog.Domain;

/// <summary>The part of an address that names something: small letters, digits and single hyphens.</summary>
internal static class Slug
{
    public const int MaxLength = 120;

    public static bool IsValid(string text)
    {
        if (text.Length is 0 or > MaxLength || text[0] == '-' || text[^1] == '-')
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!(char.IsAsciiLetterLower(text[i]) || char.IsAsciiDigit(text[i]) || (text[i] == '-' && text[i - 1] != '-')))
                return false;
        }
        return true;
    }

    /// <summary>The slug of a name: accents dropped, everything else that is no letter or digit becomes a hyphen. Empty when nothing is left.</summary>
    public static string From(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c != '\'' && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
            if (slug.Length == MaxLength)
                break;
        }
        return slug.ToString().Trim('-');
    }
}
