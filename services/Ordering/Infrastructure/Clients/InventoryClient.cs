using System.Net;
using Argosy.Contracts.Inventory;
using Argosy.ServiceDefaults;

namespace Argosy.Ordering.Infrastructure.Clients;

/// <summary>Moves stock in Inventory through the sidecar. Every call may be repeated; Inventory knows the order id.</summary>
internal sealed class InventoryClient(HttpClient http)
{
    /// <summary>Reserves all lines or none; null when the order's reservation has been released already.</summary>
    public async Task<ReservationResult?> ReserveAsync(Guid orderId, ReserveStock request, CancellationToken cancellationToken)
    {
        using var answer = await http.PutAsJsonAsync($"/internal/inventory/reservations/{orderId}", request, ArgosyJson.Options, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Conflict)
            return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<ReservationResult>(ArgosyJson.Options, cancellationToken);
    }

    /// <summary>Holds the reservation for the order without a lease; false when there is none any more.</summary>
    public async Task<bool> CommitAsync(Guid orderId, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri($"/internal/inventory/reservations/{orderId}/commit", UriKind.Relative), content: null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Conflict)
            return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Takes what the order holds out of the warehouse.</summary>
    public async Task ShipAsync(Guid orderId, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri($"/internal/inventory/reservations/{orderId}/ship", UriKind.Relative), content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Gives back whatever the order holds, now or by a reservation that is still on its way.</summary>
    public async Task ReleaseAsync(Guid orderId, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri($"/internal/inventory/reservations/{orderId}/release", UriKind.Relative), content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
