using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Argosy.Notification.Features.Mails.Templates;

/// <summary>A piece of HTML. Made from an interpolated string, every value in it is encoded unless it is HTML itself, so that nothing a
/// customer or operator has typed can become markup.</summary>
internal readonly record struct Html(string Text)
{
    public static readonly Html None = new("");

    public static Html Of(Builder builder) => new(builder.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Text)));

    public override string ToString() => Text;

    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Builder(int literalLength, int formattedCount)
    {
        // Mails are UTF-8: letters of any script stay readable, only what means something in HTML is encoded.
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html html) => _text.Append(html.Text);

        public void AppendFormatted(string value) => _text.Append(Encoder.Encode(value));

        public void AppendFormatted(int value) => _text.Append(value);

        public override string ToString() => _text.ToString();
    }
}
