using Argosy.Ordering.Domain;
using Argosy.Ordering.Features.Dispatch;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Ordering.Features.Orders;

/// <summary>Takes down that an order is packed; the workflow captures the money and ships it.</summary>
internal static class ShipOrderRequest
{
    private static readonly DomainError NotShippable = DomainError.Conflict("order-not-shippable", "Only a confirmed order that nobody cancels can be shipped.");

    public static void MapShipOrder(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/orders/{id:guid}/shipments", HandleAsync)
            .RequireOperator()
            .WithName("ShipOrder").WithSummary("Hands a confirmed order to a carrier; its payment is captured").WithTags("Orders")
            .Produces<AcceptedOrder>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(
        Guid id, ShipmentInput? input, OrderingContext context, WorkflowSignals signals, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Validate(input) is { } invalid)
            return invalid.ToProblem();
        var shipment = new Shipment(input?.Carrier, input?.TrackingNumber);
        var order = await context.ChangeAsync(orders => orders.Where(order => order.Id == id), order => order.TryRequestShipment(shipment, clock.GetUtcNow()), cancellationToken);
        if (order is not { } change)
            return OrderQueries.NotFound.ToProblem();
        if (!change.Changed)
            return NotShippable.ToProblem();
        signals.Ship(id);
        return Results.Accepted($"/api/orders/{id}", new AcceptedOrder(id, change.Order.Number, change.Order.Status));
    }

    private static DomainError? Validate(ShipmentInput? input) => new Validation()
        .Require(IsPlain(input?.Carrier, Shipment.CarrierLength), "carrier", $"must have 1 to {Shipment.CarrierLength} characters, none of them a control character")
        .Require(IsPlain(input?.TrackingNumber, Shipment.TrackingNumberLength), "trackingNumber", $"must have 1 to {Shipment.TrackingNumberLength} characters, none of them a control character")
        .Error;

    private static bool IsPlain(string? value, int maximumLength) =>
        value is null || (!string.IsNullOrWhiteSpace(value) && value.Length <= maximumLength && !value.Any(char.IsControl));
}

/// <summary>How an order travels.</summary>
/// <param name="Carrier">Who carries it; may be left out.</param>
/// <param name="TrackingNumber">The carrier's number; may be left out.</param>
public sealed record ShipmentInput(string? Carrier, string? TrackingNumber);
