using Argosy.Sidecar.PubSub;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>What every pub/sub component must do, run for each of them.</summary>
public abstract class PubSubComplianceTests : IAsyncLifetime
{
    private readonly RecordingHandler _handler = new();
    private IPubSub _pubSub = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract Task<IPubSub> CreateAsync();

    public async ValueTask InitializeAsync() => _pubSub = await CreateAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Publish_Subscribed_HandlerGetsBytesAndMetadata()
    {
        var consumer = await SubscribeAsync("orders");
        var metadata = new Dictionary<string, string> { ["partitionKey"] = "7", ["note"] = "ä" };
        byte[] data = [0, 255, 1, 128];

        await _pubSub.PublishAsync("orders", new OutgoingMessage(data, metadata), Cancellation);

        await Eventually.HoldsAsync("the message arrives", () => _handler.Messages.Count == 1);
        var message = _handler.Messages[0];
        Assert.Equal("orders", message.Topic);
        Assert.Equal(data, message.Data.ToArray());
        Assert.Equal(metadata.OrderBy(item => item.Key), message.Metadata.OrderBy(item => item.Key));
        await consumer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Publish_PartOfABuffer_HandlerGetsThatPart()
    {
        var consumer = await SubscribeAsync("orders");
        var buffer = "-message-"u8.ToArray();

        await _pubSub.PublishAsync("orders", new OutgoingMessage(buffer.AsMemory(1, 7), MessageMetadata.None), Cancellation);
        Array.Clear(buffer);

        await Eventually.HoldsAsync("the message arrives", () => _handler.Messages.Count == 1);
        Assert.Equal(["message"], _handler.Texts);
        await consumer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Publish_LargeAndEmptyMessages_Arrive()
    {
        var consumer = await SubscribeAsync("orders");

        await _pubSub.PublishAsync("orders", RecordingHandler.Message(new string('x', 2_000_000)), Cancellation);
        await _pubSub.PublishAsync("orders", RecordingHandler.Message(""), Cancellation);

        await Eventually.HoldsAsync("both arrive", () => _handler.Messages.Count == 2);
        Assert.Equal([0, 2_000_000], _handler.Messages.Select(message => message.Data.Length).Order());
        await consumer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task PublishMany_Subscribed_HandlerGetsAll()
    {
        var consumer = await SubscribeAsync("orders");

        var failures = await _pubSub.PublishManyAsync("orders", [.. Enumerable.Range(0, 50).Select(number => RecordingHandler.Message($"{number}"))], Cancellation);

        Assert.Empty(failures);
        await Eventually.HoldsAsync("all arrive", () => _handler.Messages.Count == 50);
        Assert.Equal(Enumerable.Range(0, 50), _handler.Texts.Select(int.Parse).Order());
        await consumer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Publish_TwoTopics_EachHandlerGetsItsOwn()
    {
        var others = new RecordingHandler();
        var orders = await SubscribeAsync("orders");
        var payments = await _pubSub.SubscribeAsync("payments", MessageMetadata.None, others.HandleAsync, Cancellation);

        await _pubSub.PublishAsync("orders", RecordingHandler.Message("order"), Cancellation);
        await _pubSub.PublishAsync("payments", RecordingHandler.Message("payment"), Cancellation);

        await Eventually.HoldsAsync("both arrive", () => _handler.Messages.Count > 0 && others.Messages.Count > 0);
        Assert.Equal(["order"], _handler.Texts);
        Assert.Equal(["payment"], others.Texts);
        await orders.StopAsync(Cancellation);
        await payments.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Handle_OneFails_OthersStillArrive()
    {
        _handler.Outcome = (message, _) => message.Data.Span.SequenceEqual("bad"u8) ? throw new InvalidOperationException("bad") : Task.FromResult(DeliveryOutcome.Acknowledge);
        var consumer = await SubscribeAsync("orders");

        await _pubSub.PublishAsync("orders", RecordingHandler.Message("bad"), Cancellation);
        await _pubSub.PublishAsync("orders", RecordingHandler.Message("good"), Cancellation);

        await Eventually.HoldsAsync("the good one arrives", () => _handler.Texts.Contains("good"));
        await consumer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Stop_MessageInHand_WaitsForIt()
    {
        var finish = new TaskCompletionSource<DeliveryOutcome>();
        _handler.Outcome = (_, _) => finish.Task;
        var consumer = await SubscribeAsync("orders");
        await _pubSub.PublishAsync("orders", RecordingHandler.Message("slow"), Cancellation);
        await Eventually.HoldsAsync("the message is in hand", () => _handler.Messages.Count == 1);

        var stopping = consumer.StopAsync(Cancellation);
        await _pubSub.PublishAsync("orders", RecordingHandler.Message("late"), Cancellation);
        Assert.False(stopping.IsCompleted);
        finish.SetResult(DeliveryOutcome.Acknowledge);
        await stopping;

        Assert.Equal(["slow"], _handler.Texts);
    }

    [Fact]
    public async Task Stop_GraceIsOver_CancelsWhatIsInHand()
    {
        _handler.Outcome = async (_, cancelled) =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return DeliveryOutcome.Acknowledge;
        };
        var consumer = await SubscribeAsync("orders");
        await _pubSub.PublishAsync("orders", RecordingHandler.Message("stuck"), Cancellation);
        await Eventually.HoldsAsync("the message is in hand", () => _handler.Messages.Count == 1);
        using var grace = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await consumer.StopAsync(grace.Token).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    private Task<ITopicConsumer> SubscribeAsync(string topic) => _pubSub.SubscribeAsync(topic, MessageMetadata.None, _handler.HandleAsync, Cancellation);
}
