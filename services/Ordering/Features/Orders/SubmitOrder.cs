using Argosy.Contracts.Http;
using Argosy.Ordering.Domain;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;
using Microsoft.AspNetCore.Mvc;

namespace Argosy.Ordering.Features.Orders;

internal static class SubmitOrder
{
    public static void MapSubmitOrder(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/orders", HandleAsync)
            .WithName("SubmitOrder").WithSummary("Orders what is in the basket").WithTags("Orders")
            .Produces<AcceptedOrder>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        SubmitOrderRequest request,
        CustomerId customer,
        ShopOrigin origin,
        [FromHeader(Name = ArgosyHeaders.IdempotencyKey)] string? key,
        OrderIntake intake,
        CancellationToken cancellationToken)
    {
        if (Validate(request, key) is { } invalid)
            return invalid.ToProblem();
        var accepted = await intake.SubmitAsync(customer.Value, origin, key, request, cancellationToken);
        return accepted.Match(order => Results.Accepted($"/api/orders/{order.OrderId}", order), error => error.ToProblem());
    }

    private static DomainError? Validate(SubmitOrderRequest request, string? key) =>
        new Validation().Require(key is null or { Length: > 0 and <= IdempotentRequest.KeyLength }, ArgosyHeaders.IdempotencyKey, $"must have 1 to {IdempotentRequest.KeyLength} characters").Error
        ?? SubmitOrderValidation.Validate(request);
}
