using System.ComponentModel.DataAnnotations;

namespace Argosy.ServiceDefaults.Http;

/// <summary>The setting is the shop's own address as browsers see it: scheme, host and perhaps a port, nothing more. Unset is fine.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PublicUrlAttribute() : ValidationAttribute("The setting {0} must be the shop's own address without a path, for example 'https://shop.example'.")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null or "" || (value is string text && OriginOf(text) is not null);

    /// <summary>The address as browsers write origins (lower case, no default port); null when it is unset or no such address.</summary>
    public static string? OriginOf(string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0 }
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}
