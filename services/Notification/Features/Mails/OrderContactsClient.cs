using Argosy.Contracts.Ordering;
using Argosy.ServiceDefaults;

namespace Argosy.Notification.Features.Mails;

/// <summary>Asks Ordering whom mails go to. Nothing of it is kept.</summary>
internal sealed class OrderContactsClient(HttpClient http)
{
    /// <summary>The most that Ordering tells at once.</summary>
    public const int MostOrders = 100;

    public async Task<IReadOnlyDictionary<Guid, OrderContact>> GetAsync(IReadOnlyList<Guid> orderIds, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("/internal/orders/contacts", new OrderContactsRequest(orderIds), ArgosyJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var contacts = (await answer.Content.ReadFromJsonAsync<OrderContacts>(ArgosyJson.Options, cancellationToken))!;
        return contacts.Orders.ToDictionary(order => order.OrderId);
    }
}
