using Argosy.Sidecar.PubSub;
using Argosy.Sidecar.PubSub.Sqlite;
using Argosy.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>When pubsub.sqlite delivers a message again, with the clock in the test's hands.</summary>
public sealed class SqliteRedeliveryTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
    private readonly RecordingHandler _handler = new();
    private readonly List<ITopicConsumer> _consumers = [];
    private SqlitePubSubOptions _options = null!;
    private SqlitePubSub _pubSub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options = new SqlitePubSubOptions
        {
            Path = _folder.File("pubsub.db"),
            ConsumerGroup = "shop",
            MaxDeliveries = 3,
            RedeliverInterval = Interval,
            MaxRedeliverInterval = Interval * 3,
            Lease = TimeSpan.FromSeconds(30),
            PollInterval = TimeSpan.FromMilliseconds(10),
        };
        _pubSub = new SqlitePubSub(_options, _clock, NullLogger<SqlitePubSub>.Instance);
        await _pubSub.InitialiseAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var consumer in _consumers)
            await consumer.StopAsync(new CancellationToken(canceled: true));
        await _pubSub.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Handle_Retry_ComesAgainAfterGrowingWaitsUntilItSucceeds()
    {
        _handler.Outcome = (_, _) => Task.FromResult(DeliveryOutcome.Retry);
        await StartAsync();
        await PublishAsync("failing");
        await DeliveredAsync(1);

        foreach (var (wait, deliveries) in ((TimeSpan, int)[])[(Interval, 2), (Interval * 2, 3), (Interval * 3, 4), (Interval * 3, 5)])
        {
            await FreeAfterAsync(wait);
            _clock.Advance(wait);
            await DeliveredAsync(deliveries);
        }
        Assert.Equal([false, false, true, true, true], _handler.Messages.Select(message => message.IsLastAttempt));

        _handler.Outcome = (_, _) => Task.FromResult(DeliveryOutcome.Acknowledge);
        await FreeAfterAsync(Interval * 3);
        _clock.Advance(Interval * 3);
        await DeliveredAsync(6);
        await Eventually.HoldsAsync("it is no longer pending", async () => await DueAsync() is null);
    }

    [Fact]
    public async Task Handle_Unavailable_WaitsWithoutUsingAttempts()
    {
        _handler.Outcome = (_, _) => Task.FromResult(DeliveryOutcome.Unavailable);
        await StartAsync();
        await PublishAsync("waiting");

        for (var deliveries = 1; deliveries <= 6; deliveries++)
        {
            await DeliveredAsync(deliveries);
            await FreeAfterAsync(Interval);
            _clock.Advance(Interval);
        }

        Assert.DoesNotContain(_handler.Messages, message => message.IsLastAttempt);
    }

    [Fact]
    public async Task Handle_OneFails_TheOthersDoNotWaitForIt()
    {
        _handler.Outcome = (message, _) => Task.FromResult(message.Data.Span.SequenceEqual("bad"u8) ? DeliveryOutcome.Retry : DeliveryOutcome.Acknowledge);
        await StartAsync();
        await PublishAsync("bad");
        await PublishAsync("good");

        await Eventually.HoldsAsync("the good one arrives", () => _handler.Texts.Contains("good"));
    }

    [Fact]
    public async Task Take_TakerDied_IsFreeAfterItsLease()
    {
        await PublishAsync("orphan");
        await TakeWithoutFinishingAsync();
        await StartAsync();
        await FreeAfterAsync(_options.Lease);
        Assert.Empty(_handler.Messages);

        _clock.Advance(_options.Lease);

        await DeliveredAsync(1);
        Assert.False(_handler.Messages[0].IsLastAttempt);
    }

    [Fact]
    public async Task Handle_LongerThanTheLease_StaysWithItsHandler()
    {
        var finish = new TaskCompletionSource<DeliveryOutcome>();
        var competitor = new RecordingHandler();
        _handler.Outcome = (_, _) => finish.Task;
        await StartAsync();
        await PublishAsync("slow");
        await DeliveredAsync(1);
        await StartAsync(competitor);

        for (var steps = 0; steps < 12; steps++)
        {
            var before = await DueAsync();
            _clock.Advance(_options.Lease / 3);
            await Eventually.HoldsAsync("the lease is renewed", async () => await DueAsync() > before);
        }
        finish.SetResult(DeliveryOutcome.Acknowledge);

        await Eventually.HoldsAsync("it is no longer pending", async () => await DueAsync() is null);
        Assert.Empty(competitor.Messages);
        Assert.Single(_handler.Messages);
    }

    [Fact]
    public async Task Stop_NotFinishedInTime_IsFreeAtOnce()
    {
        _handler.Outcome = async (_, cancelled) =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return DeliveryOutcome.Acknowledge;
        };
        var consumer = await _pubSub.SubscribeAsync("orders", MessageMetadata.None, _handler.HandleAsync, Cancellation);
        await PublishAsync("stuck");
        await DeliveredAsync(1);
        await consumer.StopAsync(new CancellationToken(canceled: true));

        var next = new RecordingHandler();
        await StartAsync(next);

        await Eventually.HoldsAsync("the next one gets it", () => next.Messages.Count == 1);
    }

    [Fact]
    public async Task Publish_TimeToLiveOver_IsNotDelivered()
    {
        await _pubSub.PublishAsync("orders", RecordingHandler.Message("short-lived", TimeSpan.FromSeconds(5)), Cancellation);
        await _pubSub.PublishAsync("orders", RecordingHandler.Message("long-lived", TimeSpan.FromDays(1)), Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(6));

        await StartAsync();

        await DeliveredAsync(1);
        Assert.Equal(["long-lived"], _handler.Texts);
    }

    [Fact]
    public async Task Handle_TimeToLiveEndsBetweenAttempts_GivesUp()
    {
        _handler.Outcome = (_, _) => Task.FromResult(DeliveryOutcome.Retry);
        await StartAsync();
        await _pubSub.PublishAsync("orders", RecordingHandler.Message("short-lived", TimeSpan.FromSeconds(5)), Cancellation);
        await DeliveredAsync(1);

        _clock.Advance(Interval * 2);

        await Eventually.HoldsAsync("it is no longer pending", async () => await DueAsync() is null);
        Assert.Single(_handler.Messages);
    }

    private async Task StartAsync(RecordingHandler? handler = null) =>
        _consumers.Add(await _pubSub.SubscribeAsync("orders", MessageMetadata.None, (handler ?? _handler).HandleAsync, Cancellation));

    private Task PublishAsync(string text) => _pubSub.PublishAsync("orders", RecordingHandler.Message(text), Cancellation);

    private async Task DeliveredAsync(int count)
    {
        await Eventually.HoldsAsync($"delivery {count}", () => _handler.Messages.Count >= count);
        Assert.Equal(count, _handler.Messages.Count);
    }

    private Task FreeAfterAsync(TimeSpan wait) =>
        Eventually.HoldsAsync($"the message waits {wait}", async () => await DueAsync() == _clock.GetUtcNow() + wait);

    private Task<DateTimeOffset?> DueAsync() => PubSubFile.FirstDueAsync(_options.Path);

    private Task TakeWithoutFinishingAsync() => PubSubFile.TakeAsync(_options, "orders", _clock.GetUtcNow());
}
