using System.Net;
using Argosy.Contracts.Payment;
using Argosy.ServiceDefaults;

namespace Argosy.Ordering.Infrastructure.Clients;

/// <summary>Moves money in Payment through the sidecar. Every call may be repeated; Payment knows the order id.</summary>
internal sealed class PaymentClient(HttpClient http)
{
    public async Task<PaymentResult> AuthorizeAsync(Guid orderId, AuthorizePayment request, CancellationToken cancellationToken)
    {
        using var answer = await http.PutAsJsonAsync($"/internal/payments/{orderId}", request, ArgosyJson.Options, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    public async Task<PaymentResult> GetAsync(Guid orderId, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri($"/internal/payments/{orderId}", UriKind.Relative), cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    /// <summary>Takes the money that is held; false when it is not held any more.</summary>
    public async Task<bool> CaptureAsync(Guid orderId, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri($"/internal/payments/{orderId}/capture", UriKind.Relative), content: null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Conflict)
            return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Lets go of whatever is held or was taken, now or by an authorization that is still on its way.</summary>
    public async Task VoidAsync(Guid orderId, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri($"/internal/payments/{orderId}/void", UriKind.Relative), content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<PaymentResult> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<PaymentResult>(ArgosyJson.Options, cancellationToken))!;
    }
}
