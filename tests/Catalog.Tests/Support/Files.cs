namespace Argosy.Catalog.Tests.Support;

/// <summary>Small files in Shopify's product format.</summary>
internal static class Files
{
    public const string Header = "Handle,Title,Body (HTML),Vendor,Product Category,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src";

    /// <summary>A lamp in two colours and a mug without a choice.</summary>
    public const string LampAndMug = $"""
        {Header}
        brass-lamp,Brass Lamp,<p>Shines.</p><p>Warm &amp; dim.</p>,Lumen,Home and Living > Lighting,"brass, gift",TRUE,Colour,Gold,LAMP-G,7,89.90,
        brass-lamp,,,,,,,,Black,LAMP-B,0,79.00,
        plain-mug,Plain Mug,Holds tea.,Norr,Kitchen > Cups,,TRUE,Title,Default Title,MUG-1,25,12.50,
        """;

    public static string Product(string handle, string sku, string price = "10.00", string category = "Things", string published = "TRUE") =>
        $"{handle},Product {handle},,,{category},,{published},,,{sku},5,{price},";

    public static string Of(params IEnumerable<string> rows) => string.Join('\n', [Header, .. rows]);
}
