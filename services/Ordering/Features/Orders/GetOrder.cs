using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.PersonalData;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Ordering.Features.Orders;

internal static class GetOrder
{
    // Changes made by other replicas are seen at this pace; those of this process at once.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public static void MapGetOrder(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/orders/{id:guid}", HandleAsync)
            .WithName("GetOrder").WithTags("Orders")
            .WithSummary("An order; with 'Prefer: wait=N' the answer waits up to N seconds for a version other than the one in If-None-Match, or, without that header, for the order to leave 'submitted'")
            .Produces<OrderView>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id,
        CustomerId customer,
        HttpContext http,
        OrderingContext context,
        OrderWatch watch,
        PersonalDataVault vault,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var seconds = WaitPreference.Read(http.Request);
        var order = seconds is null ? await context.FindOwnAsync(id, customer, cancellationToken) : await WaitAsync(seconds.Value);
        if (order is null)
            return OrderQueries.NotFound.ToProblem();
        if (seconds is not null)
            WaitPreference.Acknowledge(http.Response, seconds.Value);
        http.Response.GetTypedHeaders().ETag = OrderTag.Of(order);
        http.Response.Headers.CacheControl = "private, no-cache";
        return OrderTag.IsKnown(http.Request, order)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(OrderView.Of(order, vault));

        async Task<Order?> WaitAsync(int limit)
        {
            var deadline = clock.GetUtcNow().AddSeconds(limit);
            while (true)
            {
                // Registered first, read second: a change between the two is not missed.
                using var change = watch.Register(id);
                var found = await context.FindOwnAsync(id, customer, cancellationToken);
                var left = deadline - clock.GetUtcNow();
                if (found is null || !HasNoNews(http.Request, found) || left <= TimeSpan.Zero)
                    return found;
                await change.WaitAsync(left < LookAgain ? left : LookAgain, clock, cancellationToken);
            }
        }
    }

    private static bool HasNoNews(HttpRequest request, Order order) =>
        request.Headers.IfNoneMatch.Count > 0 ? OrderTag.IsKnown(request, order) : order.Status == OrderStatus.Submitted;
}
