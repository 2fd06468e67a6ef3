using Argosy.Contracts.Ordering;
using Argosy.Ordering.Infrastructure.PersonalData;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Contacts;

/// <summary>Tells Notification whom mails about orders go to.</summary>
internal static class ListContacts
{
    private const int MaximumOrders = 100;

    public static void MapListContacts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/orders/contacts", HandleAsync).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(OrderContactsRequest request, OrderingContext context, PersonalDataVault vault, CancellationToken cancellationToken)
    {
        if (request.OrderIds is not { Count: > 0 and <= MaximumOrders } ids)
            return new Validation().Require(false, "orderIds", $"1 to {MaximumOrders} order ids are required").Error!.ToProblem();
        var orders = await context.Orders.AsNoTracking().Where(order => ids.Contains(order.Id)).ToListAsync(cancellationToken);
        return Results.Ok(new OrderContacts([.. orders.Select(order => new OrderContact(
            order.Id,
            order.Number,
            vault.OpenEmail(order),
            vault.OpenShippingAddress(order).Name,
            [.. order.Lines.Select(line => new OrderEventLine(line.Sku, line.Title, line.Quantity, order.Totals.In(line.UnitPrice)))],
            order.Totals.TotalMoney))]));
    }
}
