using System.Diagnostics.CodeAnalysis;
using Argosy.Sidecar.Resources;
using Cronos;

namespace Argosy.Sidecar.Bindings;

/// <summary>When a cron binding fires: five fields, six with seconds first, a name such as <c>@hourly</c>, or <c>@every 15s</c>; before it may
/// stand <c>TZ=Europe/Berlin</c>.</summary>
internal sealed class CronSchedule
{
    private const string Every = "@every ";

    private readonly CronExpression? _expression;
    private readonly TimeSpan _interval;

    private CronSchedule(CronExpression? expression, TimeSpan interval, TimeZoneInfo zone)
    {
        (_expression, _interval, Zone) = (expression, interval, zone);
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>The first moment after <paramref name="last"/>; null when there is none.</summary>
    public DateTimeOffset? After(DateTimeOffset last) =>
        _expression is null ? last + _interval : _expression.GetNextOccurrence(last, Zone);

    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        schedule = null;
        text = text.Trim();
        var zone = TimeZoneInfo.Local;
        if (text.StartsWith("TZ=", StringComparison.Ordinal) || text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            var end = text.IndexOf(' ');
            if (end < 0 || !TimeZoneInfo.TryFindSystemTimeZoneById(text[(text.IndexOf('=') + 1)..end], out zone))
                return false;
            text = text[(end + 1)..].TrimStart();
        }
        if (text.StartsWith(Every, StringComparison.Ordinal))
        {
            // Whole seconds, one at least, as robfig/cron counts.
            if (!GoDuration.TryParse(text[Every.Length..], TimeSpan.Zero, out var interval) || interval <= TimeSpan.Zero)
                return false;
            schedule = new CronSchedule(null, TimeSpan.FromSeconds(Math.Max(1, Math.Floor(interval.TotalSeconds))), zone);
            return true;
        }
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (!CronExpression.TryParse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard, out var expression))
            return false;
        schedule = new CronSchedule(expression, default, zone);
        return true;
    }
}
