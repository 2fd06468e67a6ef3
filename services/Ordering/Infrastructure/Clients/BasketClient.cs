using Argosy.Contracts.Basket;
using Argosy.ServiceDefaults;

namespace Argosy.Ordering.Infrastructure.Clients;

/// <summary>Reads baskets from Basket through the sidecar.</summary>
internal sealed class BasketClient(HttpClient http)
{
    /// <summary>The customer's basket at the catalog's prices of now.</summary>
    public async Task<BasketSnapshot> GetAsync(string customerId, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<BasketSnapshot>($"/internal/baskets/{Uri.EscapeDataString(customerId)}", ArgosyJson.Options, cancellationToken))!;
}
