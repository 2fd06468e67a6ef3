using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

/// <summary>Repeats a change whose object was changed by another call in the meantime.</summary>
internal static class ConcurrentChange
{
    private const int Attempts = 5;

    /// <param name="step">Loads, changes and saves; begins with an empty context each time.</param>
    /// <exception cref="DbUpdateConcurrencyException">It happened at every attempt.</exception>
    public static async Task<T> RetryAsync<T>(SimulatorContext context, Func<Task<T>> step)
    {
        for (var attempt = 1; ; attempt++)
        {
            context.ChangeTracker.Clear();
            try
            {
                return await step();
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // The next look finds the object as it has become.
            }
        }
    }
}
