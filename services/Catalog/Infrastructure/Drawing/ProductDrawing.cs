using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Argosy.Catalog.Domain;

namespace Argosy.Catalog.Infrastructure.Drawing;

/// <summary>Draws a picture for a product that has none: the motif of its category in colours and on a ground of its own.
/// The same product always gets the same picture.</summary>
internal static class ProductDrawing
{
    public const string AddressPrefix = "/api/catalog/images/";

    /// <summary>Length of the ids.</summary>
    public const int IdLength = 16;

    public static string AddressOf(ProductImage image) => $"{AddressPrefix}{image.Id}.svg";

    public static ProductImage Draw(Guid productId, string slug, string categorySlug)
    {
        var svg = Svg(slug, categorySlug);
        return new ProductImage(IdOf(slug, svg), productId, svg);
    }

    // The slug is part of it, because two products must not share an image: it goes when its product goes.
    private static string IdOf(string slug, string svg) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{slug}\n{svg}")).AsSpan(0, IdLength / 2));

    private static string Svg(string slug, string categorySlug)
    {
        Span<byte> dice = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(slug), dice);
        var ground = (dice[0] << 8 | dice[1]) % 360;
        // Far from the ground's hue, so that the motif stands out, but never the same distance.
        var motif = (ground + 130 + dice[2] % 100) % 360;
        var tilt = dice[3] % 13 - 6;
        var scale = 92 + dice[4] % 17;
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><defs><linearGradient id="g" x2="{dice[5] % 2}" y2="1"><stop stop-color="hsl({ground} 46% 93%)"/><stop offset="1" stop-color="hsl({(ground + 24) % 360} 40% 80%)"/></linearGradient></defs><style>.a{Fill(motif, 48, 52)}.b{Fill(motif, 42, 28)}.c{Fill((motif + 30) % 360, 62, 85)}.l,.m{Line(motif)}.m{'{'}stroke-width:16{'}'}</style><path fill="url(#g)" d="M0 0h400v400H0z"/>{Decoration(dice, ground)}<ellipse cx="200" cy="332" rx="{scale + 26}" ry="15" opacity=".14"/><g transform="translate(200 200) rotate({tilt}) scale({(scale / 100m).ToString(CultureInfo.InvariantCulture)}) translate(-200 -200)">{Motifs.For(categorySlug)}</g></svg>
            """;
    }

    private static string Decoration(ReadOnlySpan<byte> dice, int ground)
    {
        var x = 40 + dice[6] % 320;
        var y = 30 + dice[7] % 180;
        var radius = 60 + dice[8] % 90;
        var colour = $"hsl({(ground + 330) % 360} 60% 97%)";
        return (dice[9] % 4) switch
        {
            0 => $"""<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}" opacity=".6"/><circle cx="{400 - x}" cy="{y + 150}" r="{radius / 2}" fill="{colour}" opacity=".5"/>""",
            1 => $"""<path d="M0 {y + 120}q100-{radius} 200 0t200 0v400H0z" fill="{colour}" opacity=".5"/>""",
            2 => $"""<path d="M{x} 0L400 {radius * 2}V400L0 {y + 100}z" fill="{colour}" opacity=".45"/>""",
            _ => $"""<circle cx="200" cy="195" r="{110 + radius / 3}" fill="{colour}" opacity=".65"/>""",
        };
    }

    private static string Fill(int hue, int saturation, int lightness) => $"{{fill:hsl({hue} {saturation}% {lightness}%)}}";

    private static string Line(int hue) => $"{{fill:none;stroke:hsl({hue} 42% 28%);stroke-width:7;stroke-linecap:round}}";
}
