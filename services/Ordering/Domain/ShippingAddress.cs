namespace Argosy.Ordering.Domain;

/// <summary>Where an order goes.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, capitals.</param>
internal sealed record ShippingAddress(string Name, string Line1, string? Line2, string City, string PostalCode, string? Region, string Country);
