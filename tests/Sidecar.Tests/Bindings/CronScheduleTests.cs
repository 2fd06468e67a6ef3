using System.Globalization;
using Argosy.Sidecar.Bindings;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("TZ=UTC 30 * * * *", "2026-03-01T12:30:00Z")]
    [InlineData("TZ=UTC 5 30 12 * * *", "2026-03-01T12:30:05Z")]
    [InlineData("TZ=UTC @hourly", "2026-03-01T13:00:00Z")]
    [InlineData("TZ=UTC @daily", "2026-03-02T00:00:00Z")]
    [InlineData("TZ=UTC 0 9 * * MON-FRI", "2026-03-02T09:00:00Z")]
    [InlineData("CRON_TZ=Asia/Tokyo 0 9 * * *", "2026-03-02T00:00:00Z")]
    [InlineData("@every 15s", "2026-03-01T12:00:15Z")]
    [InlineData("@every 1h30m", "2026-03-01T13:30:00Z")]
    [InlineData("@every 100ms", "2026-03-01T12:00:01Z")]
    public void After_Schedule_IsTheNextMoment(string text, string expected)
    {
        Assert.True(CronSchedule.TryParse(text, out var schedule));
        Assert.Equal(
            DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            schedule.After(DateTimeOffset.Parse("2026-03-01T12:00:00Z", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("* * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("61 * * * *")]
    [InlineData("@every")]
    [InlineData("@every soon")]
    [InlineData("@every 0s")]
    [InlineData("@every -5s")]
    [InlineData("TZ=Nowhere/None * * * * *")]
    public void TryParse_NoSchedule_IsRefused(string text) => Assert.False(CronSchedule.TryParse(text, out _));
}
