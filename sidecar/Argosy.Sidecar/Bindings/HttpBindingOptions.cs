using System.Globalization;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary>Metadata of <c>bindings.http</c>.</summary>
/// <param name="LargestBody">Of a longer answer only this many bytes are read.</param>
internal sealed record HttpBindingOptions(Uri Url, TimeSpan ResponseTimeout, bool ErrorIfNot2XX, long LargestBody, string? SecurityToken, string? SecurityTokenHeader)
{
    public static IReadOnlyList<MetadataField> Fields { get; } =
    [
        new("url", Required: true),
        new("responseTimeout", MetadataKind.Duration),
        new("errorIfNot2XX", MetadataKind.Flag),
        new("maxResponseBodySize"),
        new("securityToken"),
        new("securityTokenHeader"),
    ];

    public static HttpBindingOptions From(ComponentMetadata metadata)
    {
        var text = metadata.Required("url");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw metadata.Invalid("url", text, "an http or https address");
        var timeout = metadata.Duration("responseTimeout", Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(1));
        metadata.TryGet("securityToken", out var token);
        metadata.TryGet("securityTokenHeader", out var header);
        if (token is null != header is null)
            throw metadata.Invalid("securityToken", "", "to be given together with securityTokenHeader");
        return new HttpBindingOptions(url, timeout > TimeSpan.Zero ? timeout : Timeout.InfiniteTimeSpan, metadata.Flag("errorIfNot2XX", fallback: true), Size(metadata), token, header);
    }

    /// <summary>Bytes, or a quantity such as <c>100Mi</c>; not positive means no limit.</summary>
    private static long Size(ComponentMetadata metadata)
    {
        var text = metadata.Text("maxResponseBodySize", "100Mi");
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '-').Count();
        long? unit = text[digits..].Trim() switch
        {
            "" => 1,
            "k" => 1000,
            "M" or "MB" => 1000 * 1000,
            "G" or "GB" => 1000L * 1000 * 1000,
            "Ki" => 1 << 10,
            "Mi" => 1 << 20,
            "Gi" => 1 << 30,
            _ => null,
        };
        if (unit is null || !long.TryParse(text.AsSpan(0, digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw metadata.Invalid("maxResponseBodySize", text, "a size such as 100Mi");
        return number > 0 ? number * unit.Value : long.MaxValue;
    }
}
