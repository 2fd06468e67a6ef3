using System.Text.Json;
using Argosy.Contracts.Basket;
using Argosy.Contracts.Ordering;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Features.Dispatch;
using Argosy.Ordering.Infrastructure.Clients;
using Argosy.Ordering.Infrastructure.PersonalData;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults;
using Argosy.ServiceDefaults.Errors;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Orders;

/// <summary>Turns a customer's basket into an order. The order, the key that makes the request repeatable and the event are committed
/// together; the workflow is started after that, by this process or by whichever finds the order left behind.</summary>
internal sealed partial class OrderIntake(
    OrderingContext context,
    BasketClient baskets,
    PersonalDataSealer sealer,
    PersonalDataVault vault,
    WorkflowSignals signals,
    OrderMetrics metrics,
    TimeProvider clock,
    ILogger<OrderIntake> logger)
{
    private static readonly DomainError EmptyBasket = new("basket-empty", "There is nothing in the basket to order.");

    private static readonly DomainError KeyReused = new("idempotency-key-reused", "The Idempotency-Key was used before with another request.");

    public async Task<Result<AcceptedOrder>> SubmitAsync(string customerId, ShopOrigin origin, string? key, SubmitOrderRequest request, CancellationToken cancellationToken)
    {
        var fingerprint = sealer.Fingerprint(JsonSerializer.SerializeToUtf8Bytes(request, ArgosyJson.Options));
        if (await FindEarlierAsync(customerId, key, fingerprint, cancellationToken) is { } earlier)
            return earlier;

        var basket = await baskets.GetAsync(customerId, cancellationToken);
        if (basket.Items.Count == 0)
        {
            // The basket is emptied once its order is known, which may just have happened for a twin of this request.
            return await FindEarlierAsync(customerId, key, fingerprint, cancellationToken) ?? EmptyBasket;
        }

        var order = Create(customerId, origin, basket, request);
        var submitted = Submitted(order);
        if (!await TrySaveAsync(order, submitted, key, fingerprint, cancellationToken))
            return (await FindEarlierAsync(customerId, key, fingerprint, cancellationToken))!.Value;
        signals.Start(order);
        await EmptyBasketAsync(submitted, cancellationToken);
        metrics.Placed();
        return AcceptedOrder.Of(order.Id, order.Number);
    }

    private Order Create(string customerId, ShopOrigin origin, BasketSnapshot basket, SubmitOrderRequest request)
    {
        var id = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        var address = request.ShippingAddress!;
        return Order.Submit(
            id,
            OrderNumber.New(),
            customerId,
            [.. basket.Items.Select(line => new OrderLine(line.Sku, line.Title, line.Quantity, line.UnitPrice.Amount, line.LineTotal.Amount))],
            new OrderTotals(basket.Total.Currency, basket.Subtotal.Amount, basket.Discount.Amount, basket.Shipping.Amount, basket.Tax.Amount, basket.Total.Amount),
            vault.Seal(
                id,
                request.Email!,
                new ShippingAddress(address.Name!, address.Line1!, address.Line2, address.City!, address.PostalCode!, address.Region, address.Country!),
                request.PaymentMethod!.Type!,
                request.PaymentMethod.Token!),
            origin.Value,
            now,
            now + WorkflowDispatcher.Claim);
    }

    private static OrderSubmitted Submitted(Order order) =>
        new(
            order.Id.ToString(),
            order.Number,
            order.CustomerId,
            [.. order.Lines.Select(line => new OrderEventLine(line.Sku, line.Title, line.Quantity, order.Totals.In(line.UnitPrice)))],
            order.Totals.TotalMoney,
            order.CreatedAt);

    /// <summary>Empties the basket before the customer hears of the order, so that neither a look at it nor a second click finds it full.
    /// The order stands in any case, and its event empties the basket when this does not.</summary>
    private async Task EmptyBasketAsync(OrderSubmitted submitted, CancellationToken cancellationToken)
    {
        try
        {
            await baskets.RemoveBoughtAsync(submitted, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            LogBasketLeftToEvent(logger, failure, submitted.OrderId);
        }
    }

    [LoggerMessage(EventId = 304, Level = LogLevel.Information, Message = "The basket of order {OrderId} is left to its event to empty")]
    private static partial void LogBasketLeftToEvent(ILogger logger, Exception failure, string orderId);

    /// <summary>False when a twin of the request was faster.</summary>
    private async Task<bool> TrySaveAsync(Order order, OrderSubmitted submitted, string? key, byte[] fingerprint, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (key is not null)
        {
            var taken = new IdempotentRequest { CustomerId = order.CustomerId, Key = key, Fingerprint = fingerprint, OrderId = order.Id };
            if (!await context.TryTakeKeyAsync(taken, cancellationToken))
                return false;
        }
        context.Add(order);
        context.Publish(submitted);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<Result<AcceptedOrder>?> FindEarlierAsync(string customerId, string? key, byte[] fingerprint, CancellationToken cancellationToken)
    {
        if (key is null)
            return null;
        var earlier = await context.IdempotentRequests.AsNoTracking()
            .Where(request => request.CustomerId == customerId && request.Key == key)
            .Join(context.Orders, request => request.OrderId, order => order.Id, (request, order) => new { request.Fingerprint, order.Id, order.Number })
            .SingleOrDefaultAsync(cancellationToken);
        if (earlier is null)
            return null;
        return earlier.Fingerprint.AsSpan().SequenceEqual(fingerprint)
            ? AcceptedOrder.Of(earlier.Id, earlier.Number)
            : KeyReused;
    }
}
