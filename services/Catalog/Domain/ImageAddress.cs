namespace Argosy.Catalog.Domain;

/// <summary>Where a picture may come from.</summary>
internal static class ImageAddress
{
    public static bool IsValid(string? address) =>
        address is { Length: <= CatalogLimits.ImageAddress } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;
}
