using Argosy.Sidecar.PubSub;
using Argosy.Sidecar.PubSub.Sqlite;
using Argosy.Sidecar.Sqlite;
using Argosy.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

public sealed class SqlitePubSubTests : PubSubComplianceTests
{
    private readonly TempFolder _folder = new();
    private readonly List<SqlitePubSub> _opened = [];
    private readonly List<ITopicConsumer> _consumers = [];

    private protected override async Task<IPubSub> CreateAsync() => await OpenAsync("compliance");

    public override async ValueTask DisposeAsync()
    {
        foreach (var consumer in _consumers)
            await consumer.StopAsync(new CancellationToken(canceled: true));
        foreach (var pubSub in _opened)
            await pubSub.DisposeAsync();
        _folder.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Publish_ProcessGone_IsStillDelivered()
    {
        await using (var before = Create("before"))
        {
            await before.InitialiseAsync(Cancellation);
            await before.PublishAsync("orders", RecordingHandler.Message("kept"), Cancellation);
        }

        var handler = new RecordingHandler();
        await SubscribeAsync(await OpenAsync("shop"), handler);

        await Eventually.HoldsAsync("the message arrives", () => handler.Messages.Count == 1);
    }

    [Fact]
    public async Task Publish_TwoGroups_EachGetsItOnce()
    {
        var first = new RecordingHandler();
        var second = new RecordingHandler();
        var publisher = await OpenAsync("first");
        await SubscribeAsync(publisher, first);
        await SubscribeAsync(await OpenAsync("second"), second);

        await publisher.PublishAsync("orders", RecordingHandler.Message("order"), Cancellation);

        await Eventually.HoldsAsync("both get it", () => first.Messages.Count > 0 && second.Messages.Count > 0);
        Assert.Single(first.Messages);
        Assert.Single(second.Messages);
    }

    [Fact]
    public async Task Publish_TwoConsumersOfAGroup_ShareTheMessages()
    {
        var first = new RecordingHandler();
        var second = new RecordingHandler();
        var publisher = await OpenAsync("shop");
        await SubscribeAsync(publisher, first);
        await SubscribeAsync(await OpenAsync("shop"), second);

        await PublishNumbersAsync(publisher, 200);

        await Eventually.HoldsAsync("all arrive", () => first.Messages.Count + second.Messages.Count >= 200);
        Assert.Equal(Enumerable.Range(0, 200), first.Texts.Concat(second.Texts).Select(int.Parse).Order());
    }

    [Fact]
    public async Task Publish_FromAnotherProcess_IsFoundByLooking()
    {
        var handler = new RecordingHandler();
        await SubscribeAsync(await OpenAsync("shop"), handler);
        // Under another name the file is opened a second time, as another process would open it.
        File.CreateSymbolicLink(_folder.File("other.db"), _folder.File("pubsub.db"));
        var other = await OpenAsync(Options("other") with { Path = _folder.File("other.db") });

        await other.PublishAsync("orders", RecordingHandler.Message("from afar"), Cancellation);

        await Eventually.HoldsAsync("the message arrives", () => handler.Messages.Count == 1);
    }

    [Fact]
    public async Task Subscribe_NewGroup_StartsWithTheOldestMessageKept()
    {
        var early = new RecordingHandler();
        var late = new RecordingHandler();
        var publisher = await OpenAsync("early");
        await SubscribeAsync(publisher, early);
        await PublishNumbersAsync(publisher, 3);
        await Eventually.HoldsAsync("the early group has them", () => early.Messages.Count == 3);

        await SubscribeAsync(await OpenAsync("late"), late);

        await Eventually.HoldsAsync("the late group has them too", () => late.Messages.Count == 3);
    }

    [Fact]
    public async Task Subscribe_KnownGroup_GetsWhatCameWhileItWasAway()
    {
        var handler = new RecordingHandler();
        var pubSub = await OpenAsync("shop");
        var consumer = await pubSub.SubscribeAsync("orders", MessageMetadata.None, handler.HandleAsync, Cancellation);
        await PublishNumbersAsync(pubSub, 1);
        await Eventually.HoldsAsync("the first arrives", () => handler.Messages.Count == 1);
        await consumer.StopAsync(Cancellation);

        await pubSub.PublishAsync("orders", RecordingHandler.Message("1"), Cancellation);
        await SubscribeAsync(pubSub, handler);

        await Eventually.HoldsAsync("the second arrives", () => handler.Messages.Count == 2);
        Assert.Equal(["0", "1"], handler.Texts);
    }

    [Fact]
    public async Task Handle_ConcurrencyOne_KeepsTheOrder()
    {
        var handler = new RecordingHandler { Outcome = async (_, _) => { await Task.Yield(); return DeliveryOutcome.Acknowledge; } };
        var pubSub = await OpenAsync(Options("shop") with { Concurrency = 1 });
        await SubscribeAsync(pubSub, handler);

        await PublishNumbersAsync(pubSub, 100);

        await Eventually.HoldsAsync("all arrive", () => handler.Messages.Count == 100);
        Assert.Equal(Enumerable.Range(0, 100), handler.Texts.Select(int.Parse));
    }

    [Fact]
    public async Task Handle_Concurrency_IsTheMostInHand()
    {
        var gate = new SemaphoreSlim(0);
        var handler = new RecordingHandler { Outcome = async (_, cancelled) => { await gate.WaitAsync(cancelled); return DeliveryOutcome.Acknowledge; } };
        var pubSub = await OpenAsync(Options("shop") with { Concurrency = 3 });
        await SubscribeAsync(pubSub, handler);
        await PublishNumbersAsync(pubSub, 20);

        await Eventually.HoldsAsync("three are in hand", () => handler.Messages.Count == 3);
        gate.Release();
        await Eventually.HoldsAsync("the fourth follows", () => handler.Messages.Count == 4);
        gate.Release(30);
        await Eventually.HoldsAsync("all arrive", () => handler.Messages.Count == 20);
    }

    [Fact]
    public async Task Sweep_Acknowledged_RemovesAfterRetention()
    {
        var handler = new RecordingHandler();
        var options = Options("shop") with { Retention = TimeSpan.Zero };
        var pubSub = await OpenAsync(options);
        await SubscribeAsync(pubSub, handler);
        await PublishNumbersAsync(pubSub, 20);

        await Eventually.HoldsAsync("no message is left", async () =>
        {
            await SweepAsync(options);
            return await CountAsync("message") == 0 && handler.Messages.Count == 20;
        });
        Assert.Equal(0, await CountAsync("delivery"));
    }

    [Fact]
    public async Task Sweep_YoungerThanRetention_KeepsForGroupsToCome()
    {
        var handler = new RecordingHandler();
        var pubSub = await OpenAsync("shop");
        await SubscribeAsync(pubSub, handler);
        await PublishNumbersAsync(pubSub, 5);
        await Eventually.HoldsAsync("all are acknowledged", async () => handler.Messages.Count == 5 && await CountAsync("delivery") == 0);

        await SweepAsync(Options("shop"));

        Assert.Equal(5, await CountAsync("message"));
    }

    [Fact]
    public async Task Sweep_PendingOrWithoutSubscriber_Keeps()
    {
        var handler = new RecordingHandler { Outcome = (_, _) => Task.FromResult(DeliveryOutcome.Retry) };
        var options = Options("shop") with { Retention = TimeSpan.Zero };
        var pubSub = await OpenAsync(options);
        await SubscribeAsync(pubSub, handler);
        await pubSub.PublishAsync("orders", RecordingHandler.Message("failing"), Cancellation);
        await pubSub.PublishAsync("orders-dead", RecordingHandler.Message("dead letter"), Cancellation);
        await Eventually.HoldsAsync("a delivery has failed", () => handler.Messages.Count > 0);

        await SweepAsync(options);

        Assert.Equal(2, await CountAsync("message"));
    }

    [Fact]
    public async Task Sweep_WithoutSubscriberAndOld_Removes()
    {
        var pubSub = await OpenAsync("shop");
        await pubSub.PublishAsync("orders-dead", RecordingHandler.Message("dead letter"), Cancellation);

        await SweepAsync(Options("shop") with { UnsubscribedRetention = TimeSpan.FromMilliseconds(-1) });

        Assert.Equal(0, await CountAsync("message"));
    }

    [Fact]
    public async Task Sweep_AGroupIsBehind_Keeps()
    {
        var handler = new RecordingHandler();
        var options = Options("shop") with { Retention = TimeSpan.Zero };
        var pubSub = await OpenAsync(options);
        var away = await OpenAsync("away");
        await (await away.SubscribeAsync("orders", MessageMetadata.None, new RecordingHandler().HandleAsync, Cancellation)).StopAsync(Cancellation);
        await SubscribeAsync(pubSub, handler);
        await PublishNumbersAsync(pubSub, 5);
        await Eventually.HoldsAsync("all are acknowledged", async () => handler.Messages.Count == 5 && await CountAsync("delivery") == 0);

        await SweepAsync(options);

        Assert.Equal(5, await CountAsync("message"));
    }

    private SqlitePubSubOptions Options(string group) => new() { Path = _folder.File("pubsub.db"), ConsumerGroup = group };

    private SqlitePubSub Create(string group) => new(Options(group), TimeProvider.System, NullLogger<SqlitePubSub>.Instance);

    private Task<SqlitePubSub> OpenAsync(string group) => OpenAsync(Options(group));

    private async Task<SqlitePubSub> OpenAsync(SqlitePubSubOptions options)
    {
        var pubSub = new SqlitePubSub(options, TimeProvider.System, NullLogger<SqlitePubSub>.Instance);
        await pubSub.InitialiseAsync(Cancellation);
        _opened.Add(pubSub);
        return pubSub;
    }

    private async Task<ITopicConsumer> SubscribeAsync(SqlitePubSub pubSub, RecordingHandler handler)
    {
        var consumer = await pubSub.SubscribeAsync("orders", MessageMetadata.None, handler.HandleAsync, Cancellation);
        _consumers.Add(consumer);
        return consumer;
    }

    private static async Task PublishNumbersAsync(SqlitePubSub pubSub, int count) =>
        await pubSub.PublishManyAsync("orders", [.. Enumerable.Range(0, count).Select(number => RecordingHandler.Message($"{number}"))], Cancellation);

    private static async Task SweepAsync(SqlitePubSubOptions options)
    {
        await using var database = SqliteDatabase.Share(options.Path);
        await new MessageSweep(database, options, TimeProvider.System).RunAsync();
    }

    private Task<long> CountAsync(string table) => PubSubFile.CountAsync(_folder.File("pubsub.db"), table);
}
