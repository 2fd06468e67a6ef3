using Argosy.Contracts.Basket;
using Argosy.Contracts.Ordering;
using Argosy.ServiceDefaults;

namespace Argosy.Ordering.Infrastructure.Clients;

/// <summary>Reads baskets from Basket through the sidecar, and empties them.</summary>
internal sealed class BasketClient(HttpClient http)
{
    /// <summary>The customer's basket at the catalog's prices of now.</summary>
    public async Task<BasketSnapshot> GetAsync(string customerId, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<BasketSnapshot>($"/internal/baskets/{Uri.EscapeDataString(customerId)}", ArgosyJson.Options, cancellationToken))!;

    /// <summary>Takes what was bought out of the basket; may be repeated.</summary>
    public async Task RemoveBoughtAsync(OrderSubmitted order, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("/internal/baskets/orders", order, ArgosyJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
