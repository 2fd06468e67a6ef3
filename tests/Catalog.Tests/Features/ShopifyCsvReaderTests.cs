using System.Text;
using Argosy.Catalog.Features.Imports;
using Argosy.Catalog.Tests.Support;

namespace Argosy.Catalog.Tests.Features;

public sealed class ShopifyCsvReaderTests
{
    private readonly ImportErrors _errors = new();

    [Fact]
    public async Task Read_GoodFile_GivesProductsWithVariants()
    {
        var products = await ReadAsync(Files.LampAndMug);
        Assert.Empty(_errors.All);
        Assert.Equal(2, products.Count);
        var (lamp, mug) = (products[0].Draft, products[1].Draft);
        Assert.Equal(("brass-lamp", "Brass Lamp", "Shines.\nWarm & dim.", "Lumen", "home-and-living-lighting"), (lamp.Slug, lamp.Title, lamp.Description, lamp.Brand, lamp.CategorySlug));
        Assert.Equal(["brass", "gift"], lamp.Tags);
        Assert.Equal(["Colour"], lamp.OptionNames);
        Assert.Equal([("LAMP-G", "Gold", 8990L, 7), ("LAMP-B", "Black", 7900L, 0)], lamp.Variants.Select(v => (v.Sku, v.OptionValues.Single(), v.Price, v.InitialStock)));
        Assert.Equal([2, 3], products[0].VariantRows);
        Assert.Equal(["Kitchen", "Cups"], products[1].CategoryPath);
        Assert.Empty(mug.OptionNames);
        Assert.Empty(mug.Variants.Single().OptionValues);
    }

    [Fact]
    public async Task Read_ByteOrderMark_IsNotPartOfTheHeader()
    {
        var products = await ReadAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Files.LampAndMug)]);
        Assert.Empty(_errors.All);
        Assert.Equal("brass-lamp", products[0].Draft.Slug);
    }

    [Fact]
    public async Task Read_WindowsLineEndsAndBlankLines_AreTheSameFile()
    {
        var products = await ReadAsync(Files.LampAndMug.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n");
        Assert.Empty(_errors.All);
        Assert.Equal(2, products.Count);
    }

    [Fact]
    public async Task Read_QuotedField_MayHoldCommasQuotesAndLineBreaks()
    {
        var products = await ReadAsync(Files.Of("a,\"Table, 24\"\" wide\",\"<p>one</p>\n<p>two</p>\",,Things,,,,,A-1,1,5.00,"));
        Assert.Empty(_errors.All);
        Assert.Equal("Table, 24\" wide", products.Single().Draft.Title);
        Assert.Equal("one\ntwo", products.Single().Draft.Description);
    }

    [Fact]
    public async Task Read_HeaderInOtherCaseAndOrder_IsUnderstood()
    {
        var products = await ReadAsync("variant price, TITLE ,handle,Variant Sku,Unknown,type\n3.50,Cup,cup,C-1,whatever,Cups");
        Assert.Empty(_errors.All);
        Assert.Equal(("cup", "Cup", 350L, "cups"), (products[0].Draft.Slug, products[0].Draft.Title, products[0].Draft.Variants[0].Price, products[0].Draft.CategorySlug));
    }

    [Fact]
    public async Task Read_PictureRows_AddPicturesOnly()
    {
        var products = await ReadAsync(Files.Of("a,A,,,Things,,,,,A-1,1,5.00,https://cdn.example/1.jpg", "a,,,,,,,,,,,,https://cdn.example/2.jpg"));
        Assert.Empty(_errors.All);
        Assert.Equal(["https://cdn.example/1.jpg", "https://cdn.example/2.jpg"], products.Single().Draft.Images);
        Assert.Single(products.Single().Draft.Variants);
    }

    [Theory]
    [InlineData("FALSE", "", false)]
    [InlineData("true", "active", true)]
    [InlineData("TRUE", "draft", false)]
    [InlineData("", "", true)]
    public async Task Read_PublishedAndStatus_DecideTogether(string published, string status, bool expected)
    {
        var products = await ReadAsync($"Handle,Title,Type,Variant SKU,Variant Price,Published,Status\na,A,T,A-1,1,{published},{status}");
        Assert.Empty(_errors.All);
        Assert.Equal(expected, products.Single().Draft.IsPublished);
    }

    [Theory]
    [InlineData(",A,,,Things,,,,,A-1,1,5.00,", "Handle")]
    [InlineData("A b,A,,,Things,,,,,A-1,1,5.00,", "Handle")]
    [InlineData("a,,,,Things,,,,,A-1,1,5.00,", "Title")]
    [InlineData("a,A,,,,,,,,A-1,1,5.00,", "Type")]
    [InlineData("a,A,,,A > B > C > D > E,,,,,A-1,1,5.00,", "Product Category")]
    [InlineData("a,A,,,???,,,,,A-1,1,5.00,", "Product Category")]
    [InlineData("a,A,,,Things,,maybe,,,A-1,1,5.00,", "Published")]
    [InlineData("a,A,,,Things,,,,,,1,5.00,", "Variant SKU")]
    [InlineData("a,A,,,Things,,,,,A/1,1,5.00,", "Variant SKU")]
    [InlineData("a,A,,,Things,,,,,A-1,1,,", "Variant Price")]
    [InlineData("a,A,,,Things,,,,,A-1,1,cheap,", "Variant Price")]
    [InlineData("a,A,,,Things,,,,,A-1,1,\"5,00\",", "Variant Price")]
    [InlineData("a,A,,,Things,,,,,A-1,1,0,", "Variant Price")]
    [InlineData("a,A,,,Things,,,,,A-1,1,-1,", "Variant Price")]
    [InlineData("a,A,,,Things,,,,,A-1,1,1.999,", "Variant Price")]
    [InlineData("a,A,,,Things,,,,,A-1,1,100000.01,", "Variant Price")]
    [InlineData("a,A,,,Things,,,,,A-1,1.5,5.00,", "Variant Inventory Qty")]
    [InlineData("a,A,,,Things,,,,,A-1,-1,5.00,", "Variant Inventory Qty")]
    [InlineData("a,A,,,Things,,,,,A-1,1000001,5.00,", "Variant Inventory Qty")]
    [InlineData("a,A,,,Things,,,Size,,A-1,1,5.00,", "Option1 Value")]
    [InlineData("a,A,,,Things,,,,,A-1,1,5.00,ftp://x/y.jpg", "Image Src")]
    [InlineData("a,A,,,Things,,,,,A-1,1,5.00,javascript:alert(1)", "Image Src")]
    [InlineData("a,A,,,Things,,,,,A-1,1,5.00,,surplus", null)]
    [InlineData("a,A\"b,,,Things,,,,,A-1,1,5.00,", null)]
    [InlineData("a,\"A\"b,,,Things,,,,,A-1,1,5.00,", null)]
    [InlineData("a,\"A,,,Things,,,,,A-1,1,5.00,", null)]
    public async Task Read_BadRow_NamesRowAndColumn(string row, string? column)
    {
        await ReadAsync(Files.Of(Files.Product("good", "GOOD-1"), row));
        var error = Assert.Single(_errors.All);
        Assert.Equal((3, column), (error.Row, error.Column));
        Assert.NotEmpty(error.Reason);
    }

    [Fact]
    public async Task Read_SeveralBadRows_AreAllReported()
    {
        await ReadAsync(Files.Of("A b,,,,Things,,,,,A-1,1,5.00,", Files.Product("good", "G-1"), "c,C,,,Things,,,,,C-1,1,x,"));
        Assert.Equal([(2, "Title"), (2, "Handle"), (4, "Variant Price")], _errors.All.Select(e => (e.Row, e.Column!)));
    }

    [Fact]
    public async Task Read_SkuTwice_NamesTheFirstRow()
    {
        await ReadAsync(Files.Of(Files.Product("a", "S-1"), Files.Product("b", "S-1")));
        var error = Assert.Single(_errors.All);
        Assert.Equal((3, "Variant SKU"), (error.Row, error.Column));
        Assert.Contains("row 2", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SameOptionsTwice_AreRefused()
    {
        await ReadAsync(Files.Of("a,A,,,Things,,,Size,S,A-1,1,5.00,", "a,,,,,,,,S,A-2,1,5.00,"));
        Assert.Equal((3, "Option1 Value"), (Assert.Single(_errors.All).Row, _errors.All[0].Column));
    }

    [Fact]
    public async Task Read_RowsOfAProductApart_AreRefused()
    {
        await ReadAsync(Files.Of(Files.Product("a", "A-1"), Files.Product("b", "B-1"), Files.Product("a", "A-2")));
        Assert.Equal((4, "Handle"), (Assert.Single(_errors.All).Row, _errors.All[0].Column));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Title,Variant SKU,Variant Price", "Handle")]
    [InlineData("Handle,Title,Title,Variant SKU,Variant Price", "Title")]
    public async Task Read_BadHeader_IsReportedForRowOne(string file, string? column)
    {
        await ReadAsync(file);
        Assert.Equal((1, column), (Assert.Single(_errors.All).Row, _errors.All[0].Column));
    }

    [Fact]
    public async Task Read_NotUtf8_IsRefused()
    {
        await ReadAsync([.. Encoding.UTF8.GetBytes(Files.Header), (byte)'\n', .. Encoding.Latin1.GetBytes("a,Café,,,T,,,,,A-1,1,5.00,")]);
        Assert.Contains("UTF-8", Assert.Single(_errors.All).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_QuoteNeverClosedInALongFile_EndsAtTheRowLimit()
    {
        var rest = string.Join('\n', Enumerable.Range(0, 10_000).Select(i => Files.Product($"p{i}", $"P-{i}")));
        await ReadAsync($"{Files.Header}\na,\"open,{rest}");
        Assert.Equal(2, Assert.Single(_errors.All).Row);
    }

    [Fact]
    public async Task Read_EverythingWrong_StopsAtTheMaximum()
    {
        await ReadAsync(Files.Of(Enumerable.Range(0, 1_000).Select(i => Files.Product($"p{i}", $"P-{i}", price: "x"))));
        Assert.Equal(ImportErrors.Maximum, _errors.All.Count);
        Assert.True(_errors.IsFull);
    }

    [Fact]
    public async Task Read_TooManyRows_IsRefused()
    {
        await ReadAsync(Files.Of(Enumerable.Range(0, ShopifyCsvReader.MaximumRows + 1).Select(i => Files.Product($"p{i}", $"P-{i}"))));
        Assert.Contains("rows", Assert.Single(_errors.All).Reason, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<ImportedProduct>> ReadAsync(string file) => ReadAsync(Encoding.UTF8.GetBytes(file));

    private async Task<IReadOnlyList<ImportedProduct>> ReadAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return await new ShopifyCsvReader(_errors).ReadAsync(stream, CancellationToken.None);
    }
}
