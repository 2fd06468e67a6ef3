using System.Diagnostics;

namespace Argosy.Testing;

/// <summary>Waits for conditions with a deadline, so that tests never sleep for a fixed time.</summary>
public static class Eventually
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    /// <exception cref="TimeoutException">The condition did not hold in time; the message says what was awaited.</exception>
    public static async Task HoldsAsync(string what, Func<Task<bool>> condition, TimeSpan? deadline = null)
    {
        var clock = Stopwatch.StartNew();
        Exception? last = null;
        while (clock.Elapsed < (deadline ?? DefaultDeadline))
        {
            try
            {
                if (await condition())
                    return;
                last = null;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidOperationException or TaskCanceledException)
            {
                last = failure;
            }
            await Task.Delay(20);
        }
        throw new TimeoutException($"waited {clock.Elapsed.TotalSeconds:0} s: {what}", last);
    }

    public static Task HoldsAsync(string what, Func<bool> condition, TimeSpan? deadline = null) =>
        HoldsAsync(what, () => Task.FromResult(condition()), deadline);
}
