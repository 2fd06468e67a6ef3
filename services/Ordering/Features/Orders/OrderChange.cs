using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Orders;

/// <summary>What came of a request to change an order.</summary>
/// <param name="Changed">False when the order, as it is, does not allow it.</param>
internal readonly record struct OrderChange(Order Order, bool Changed);

/// <summary>Changes an order that its workflow may be changing at the same moment.</summary>
internal static class OrderChanges
{
    private const int Attempts = 5;

    /// <summary>Tries the change on the newest version, again when that was overtaken; null when there is no such order.</summary>
    public static async Task<OrderChange?> ChangeAsync(
        this OrderingContext context, Func<IQueryable<Order>, IQueryable<Order>> find, Func<Order, bool> tryChange, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await find(context.Orders).SingleOrDefaultAsync(cancellationToken) is not { } order)
                return null;
            if (!tryChange(order))
                return new OrderChange(order, Changed: false);
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return new OrderChange(order, Changed: true);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                context.ChangeTracker.Clear();
            }
        }
    }
}
