using Argosy.Contracts.Http;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Orders;

/// <summary>Finding orders on behalf of somebody: what belongs to another customer does not exist.</summary>
internal static class OrderQueries
{
    public static readonly DomainError NotFound = DomainError.NotFound("order");

    private static readonly Func<OrderingContext, Guid, string, CancellationToken, Task<Order?>> Own =
        EF.CompileAsyncQuery((OrderingContext context, Guid id, string customerId, CancellationToken cancellationToken) =>
            context.Orders.AsNoTracking().SingleOrDefault(order => order.Id == id && order.CustomerId == customerId));

    /// <summary>The customer's order as it is now; null for any other.</summary>
    public static Task<Order?> FindOwnAsync(this OrderingContext context, Guid id, CustomerId customer, CancellationToken cancellationToken) =>
        Own(context, id, customer.Value, cancellationToken);

    /// <summary>Operators may see every order.</summary>
    public static bool IsOperator(this HttpRequest request) => request.Headers[ArgosyHeaders.Role] == "operator";
}
