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
        var order = await context.FindOwnAsync(id, customer, cancellationToken);
        if (order is null)
            return OrderQueries.NotFound.ToProblem();
        if (WaitPreference.Read(http.Request) is { } seconds)
        {
            order = await WaitAsync(order, seconds);
            WaitPreference.Acknowledge(http.Response, seconds);
        }
        http.Response.GetTypedHeaders().ETag = OrderTag.Of(order);
        http.Response.Headers.CacheControl = "private, no-cache";
        return OrderTag.IsKnown(http.Request, order)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(OrderView.Of(order, vault));

        async Task<Order> WaitAsync(Order known, int limit)
        {
            var deadline = clock.GetUtcNow().AddSeconds(limit);
            while (HasNoNews(http.Request, known))
            {
                using var change = watch.Register(id);
                // Registered first, read second: a change between the two is not missed.
                known = (await context.FindOwnAsync(id, customer, cancellationToken))!;
                var left = deadline - clock.GetUtcNow();
                if (!HasNoNews(http.Request, known) || left <= TimeSpan.Zero)
                    break;
                await change.WaitAsync(left < LookAgain ? left : LookAgain, clock, cancellationToken);
            }
            return known;
        }
    }

    private static bool HasNoNews(HttpRequest request, Order order) =>
        request.Headers.IfNoneMatch.Count > 0 ? OrderTag.IsKnown(request, order) : order.Status == OrderStatus.Submitted;
}
