using System.Threading.Channels;
using Argosy.Sidecar.Bindings;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

public sealed class CronBindingTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Channel<DateTimeOffset> _fired = Channel.CreateUnbounded<DateTimeOffset>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_EveryInterval_FiresAtEachMomentWhateverTheAppAnswers()
    {
        using var stopping = new CancellationTokenSource();
        var running = Binding("@every 10s").RunAsync(Deliver, stopping.Token);

        foreach (var second in (int[])[10, 20, 30])
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(second, (await _fired.Reader.ReadAsync(Cancelled)).Second);
        }

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Run_BetweenMoments_DoesNotFire()
    {
        using var stopping = new CancellationTokenSource();
        var running = Binding("TZ=UTC 0 * * * *").RunAsync(Deliver, stopping.Token);

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(_fired.Reader.TryRead(out _));
        _time.Advance(TimeSpan.FromMinutes(1));
        await _fired.Reader.ReadAsync(Cancelled);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Run_AMomentMissed_IsNotMadeUpFor()
    {
        using var stopping = new CancellationTokenSource();
        var running = Binding("@every 10s").RunAsync(Deliver, stopping.Token);

        _time.Advance(TimeSpan.FromSeconds(35));
        Assert.Equal(35, (await _fired.Reader.ReadAsync(Cancelled)).Second);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(_fired.Reader.TryRead(out _));

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Run_Stopped_WaitsForTheEventUnderWay()
    {
        using var stopping = new CancellationTokenSource();
        var answer = new TaskCompletionSource<bool>();
        var running = Binding("@every 10s").RunAsync(data => Deliver(data).ContinueWith(_ => answer.Task, TaskScheduler.Default).Unwrap(), stopping.Token);
        _time.Advance(TimeSpan.FromSeconds(10));
        await _fired.Reader.ReadAsync(Cancelled);

        await stopping.CancelAsync();
        Assert.False(running.IsCompleted);
        answer.SetResult(true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private CronBinding Binding(string schedule) =>
        CronSchedule.TryParse(schedule, out var parsed) ? new CronBinding(parsed, _time) : throw new ArgumentException(schedule);

    private Task<bool> Deliver(BindingEvent data)
    {
        _fired.Writer.TryWrite(_time.GetUtcNow());
        return Task.FromResult(false);
    }
}
