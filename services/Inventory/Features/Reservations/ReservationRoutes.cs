using Argosy.Contracts.Inventory;
using Argosy.Inventory.Domain;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Inventory.Features.Reservations;

/// <summary>What Ordering calls, always through the sidecars; every route may be repeated.</summary>
internal static class ReservationRoutes
{
    private const int MaximumLines = 200;
    private const int MaximumQuantity = 100_000;
    private const int MaximumLeaseSeconds = 24 * 60 * 60;

    private static readonly DomainError Released =
        DomainError.Conflict("reservation-released", "The order's reservation was released, or its lease ran out.");

    private static readonly DomainError Refused =
        DomainError.Conflict("reservation-refused", "The order's reservation was refused because stock was short.");

    private static readonly DomainError NotCommitted =
        DomainError.Conflict("reservation-not-committed", "The order's reservation has not been turned into a promise.");

    // Catalog sells it, so its product-changed event is on the way.
    private static readonly DomainError NotKnownYet =
        new("sku-not-known-yet", "The stock of a SKU is not known yet.", StatusCodes.Status503ServiceUnavailable) { RetryAfter = TimeSpan.FromSeconds(1) };

    public static void MapReservations(this IEndpointRouteBuilder routes)
    {
        var reservations = routes.MapGroup("/internal/inventory/reservations/{orderId:guid}").ExcludeFromDescription();
        reservations.MapPut("", ReserveAsync);
        reservations.MapPost("/commit", CommitAsync);
        reservations.MapPost("/ship", ShipAsync);
        reservations.MapPost("/release", ReleaseAsync);
    }

    private static async Task<IResult> ReserveAsync(Guid orderId, ReserveStock request, ReservationLedger ledger, CancellationToken cancellationToken)
    {
        if (Validate(request) is { } invalid)
            return invalid.ToProblem();
        var reservation = await ledger.ReserveAsync(orderId, request.Lines, TimeSpan.FromSeconds(request.LeaseSeconds), cancellationToken);
        return reservation switch
        {
            null => NotKnownYet.ToProblem(),
            { State: ReservationState.Released } => Released.ToProblem(),
            _ => Results.Ok(new ReservationResult(reservation.State != ReservationState.Refused, reservation.Shortages)),
        };
    }

    private static async Task<IResult> CommitAsync(Guid orderId, ReservationLedger ledger, CancellationToken cancellationToken) =>
        await ledger.CommitAsync(orderId, cancellationToken) switch
        {
            ReservationState.Committed or ReservationState.Shipped => Results.NoContent(),
            ReservationState.Refused => Refused.ToProblem(),
            ReservationState.Released => Released.ToProblem(),
            _ => DomainError.NotFound("reservation").ToProblem(),
        };

    private static async Task<IResult> ShipAsync(Guid orderId, ReservationLedger ledger, CancellationToken cancellationToken) =>
        await ledger.ShipAsync(orderId, cancellationToken) switch
        {
            ReservationState.Shipped => Results.NoContent(),
            ReservationState.Reserved => NotCommitted.ToProblem(),
            ReservationState.Refused => Refused.ToProblem(),
            ReservationState.Released => Released.ToProblem(),
            _ => DomainError.NotFound("reservation").ToProblem(),
        };

    private static async Task<IResult> ReleaseAsync(Guid orderId, ReservationLedger ledger, CancellationToken cancellationToken)
    {
        await ledger.ReleaseAsync(orderId, cancellationToken);
        return Results.NoContent();
    }

    private static DomainError? Validate(ReserveStock request)
    {
        var validation = new Validation()
            .Require(request.LeaseSeconds is > 0 and <= MaximumLeaseSeconds, "leaseSeconds", $"must be a whole number from 1 to {MaximumLeaseSeconds}");
        if (request.Lines is not { Count: > 0 and <= MaximumLines } lines)
            return validation.Require(false, "lines", $"1 to {MaximumLines} lines are required").Error;
        return validation
            .Require(lines.All(line => line.Sku is { Length: > 0 and <= StockItem.SkuLength }), "lines", $"each SKU must have 1 to {StockItem.SkuLength} characters")
            .Require(lines.All(line => line.Quantity is > 0 and <= MaximumQuantity), "lines", $"each quantity must be a whole number from 1 to {MaximumQuantity}")
            .Require(lines.DistinctBy(line => line.Sku).Count() == lines.Count, "lines", "each SKU may be there once")
            .Error;
    }
}
