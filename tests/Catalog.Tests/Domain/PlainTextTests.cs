using Argosy.Catalog.Domain;

namespace Argosy.Catalog.Tests.Domain;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Just text", "Just text")]
    [InlineData("<p>One</p><p>Two</p>", "One\nTwo")]
    [InlineData("A<br/>B<BR>C", "A\nB\nC")]
    [InlineData("<ul><li>a</li><li class=\"x\">b</li></ul>", "• a\n• b")]
    [InlineData("Warm &amp; dim &lt;b&gt;", "Warm & dim <b>")]
    [InlineData("a<script>alert(1)</script>b", "a b")]
    [InlineData("a<SCRIPT type='x'>\nalert('</p>')\n</SCRIPT >b", "a b")]
    [InlineData("x<style>p{}</style><!-- hidden <p> -->y", "x y")]
    [InlineData("<img src=x onerror=alert(1)>text", "text")]
    [InlineData("<b>one</b>\n two\t&nbsp;three", "one two three")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("nul\0 and bell\a", "nul and bell")]
    [InlineData("", "")]
    public void FromHtml_Fragment_IsItsText(string html, string text) => Assert.Equal(text, PlainText.FromHtml(html));

    [Fact]
    public void FromHtml_ItsOwnText_StaysTheSame()
    {
        var once = PlainText.FromHtml("<h2>Care</h2><p>Wash <em>cold</em>.</p><ul><li>40 °C</li></ul>");
        Assert.Equal(once, PlainText.Clean(once));
    }

    [Fact]
    public void FromHtml_ManyUnclosedTags_IsReadInOneGo() =>
        // Quadratic work would take minutes.
        Assert.NotEmpty(PlainText.FromHtml(string.Concat(Enumerable.Repeat("<script <style <!-- <p ", 20_000)) + "end"));
}
