using System.Net;
using System.Text.RegularExpressions;

namespace Argosy.Catalog.Domain;

/// <summary>Turns what people write, or HTML, into plain text: paragraphs separated by line feeds, no control characters.</summary>
internal static partial class PlainText
{
    /// <summary>The text of an HTML fragment. Broken HTML gives ugly but harmless text: whoever shows it treats it as text.</summary>
    public static string FromHtml(string html)
    {
        if (!html.Contains('<') && !html.Contains('&'))
            return Clean(html);
        // A line break in HTML source is only a blank.
        var text = LineBreaks().Replace(html, " ");
        text = Unseen().Replace(text, " ");
        text = ListItems().Replace(text, "\n• ");
        text = Blocks().Replace(text, "\n");
        text = Tags().Replace(text, "");
        return Clean(WebUtility.HtmlDecode(text));
    }

    /// <summary>Plain text without control characters, superfluous blanks and empty lines.</summary>
    public static string Clean(string text) =>
        string.Join('\n', text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Blanks().Replace(Controls().Replace(line, " "), " ").Trim())
            .Where(line => line.Length > 0));

    [GeneratedRegex(@"[\r\n]+")]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"<li\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ListItems();

    [GeneratedRegex(@"</?(p|div|br|ul|ol|li|h[1-6]|table|tr|section|article|blockquote|hr)\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"</?[a-z!][^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\p{Cc}\p{Zl}\p{Zp}]")]
    private static partial Regex Controls();

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Blanks();
}
