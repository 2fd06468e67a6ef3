using System.Globalization;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary><c>bindings.cron</c>: an empty event at each moment of the schedule, on every replica. What the app answers does not matter.</summary>
internal sealed class CronBinding(CronSchedule schedule, TimeProvider time) : IInputBinding
{
    // Timers count whole milliseconds: less would not wait at all.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    public static IReadOnlyList<MetadataField> Fields { get; } = [new("schedule", Required: true)];

    public static CronBinding Create(ComponentMetadata metadata, TimeProvider time)
    {
        var text = metadata.Required("schedule");
        return CronSchedule.TryParse(text, out var schedule)
            ? new CronBinding(schedule, time)
            : throw metadata.Invalid("schedule", text, "five or six cron fields, a name such as @hourly, or @every with a duration");
    }

    public async Task RunAsync(Func<BindingEvent, Task<bool>> deliver, CancellationToken cancellationToken)
    {
        var underWay = new List<Task>();
        try
        {
            // Counted from the moment before, not from now: a timer that fires a little early must not fire twice.
            for (var next = schedule.After(time.GetUtcNow()); next is { } moment; next = schedule.After(moment > time.GetUtcNow() ? moment : time.GetUtcNow()))
            {
                await WaitUntilAsync(moment, cancellationToken);
                underWay.RemoveAll(delivery => delivery.IsCompleted);
                underWay.Add(deliver(Event(time.GetUtcNow())));
            }
        }
        finally
        {
            await Task.WhenAll(underWay);
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        for (var rest = moment - time.GetUtcNow(); rest > TimeSpan.Zero; rest = moment - time.GetUtcNow())
            await Task.Delay(rest > LongestDelay ? LongestDelay : rest < ShortestDelay ? ShortestDelay : rest, time, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private BindingEvent Event(DateTimeOffset now) => new(ReadOnlyMemory<byte>.Empty, new Dictionary<string, string>
    {
        ["timeZone"] = schedule.Zone.Id,
        ["readTimeUTC"] = now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffffff '+0000 UTC'", CultureInfo.InvariantCulture),
    });
}
