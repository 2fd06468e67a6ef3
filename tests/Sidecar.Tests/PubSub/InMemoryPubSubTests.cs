using Argosy.Sidecar.PubSub;
using Argosy.Sidecar.PubSub.InMemory;
using Argosy.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

public sealed class InMemoryPubSubTests : PubSubComplianceTests
{
    private static readonly InMemoryPubSub Bus = new(NullLogger<InMemoryPubSub>.Instance);

    private protected override Task<IPubSub> CreateAsync() => Task.FromResult<IPubSub>(new InMemoryPubSub(NullLogger<InMemoryPubSub>.Instance));

    [Fact]
    public async Task Publish_BeforeSubscription_IsNotKept()
    {
        var handler = new RecordingHandler();
        await Bus.PublishAsync("early", RecordingHandler.Message("lost"), Cancellation);
        var consumer = await Bus.SubscribeAsync("early", MessageMetadata.None, handler.HandleAsync, Cancellation);
        await Bus.PublishAsync("early", RecordingHandler.Message("kept"), Cancellation);

        await Eventually.HoldsAsync("the second message arrives", () => handler.Messages.Count > 0);
        await consumer.StopAsync(Cancellation);
        Assert.Equal(["kept"], handler.Texts);
    }

    [Fact]
    public async Task Publish_WildcardSubscription_GetsEveryTopicThatBeginsSo()
    {
        var handler = new RecordingHandler();
        var consumer = await Bus.SubscribeAsync("wild-*", MessageMetadata.None, handler.HandleAsync, Cancellation);
        foreach (var topic in (string[])["wild-a", "tame", "wild-b"])
            await Bus.PublishAsync(topic, RecordingHandler.Message(topic), Cancellation);

        await Eventually.HoldsAsync("both arrive", () => handler.Messages.Count == 2);
        await consumer.StopAsync(Cancellation);
        Assert.Equal(["wild-a", "wild-b"], handler.Texts.Order());
    }

    [Fact]
    public async Task Handle_Retry_IsTheLastAttempt()
    {
        var handler = new RecordingHandler { Outcome = (_, _) => Task.FromResult(DeliveryOutcome.Retry) };
        var consumer = await Bus.SubscribeAsync("once", MessageMetadata.None, handler.HandleAsync, Cancellation);
        await Bus.PublishAsync("once", RecordingHandler.Message("failing"), Cancellation);

        await Eventually.HoldsAsync("the message arrives", () => handler.Messages.Count > 0);
        await consumer.StopAsync(Cancellation);
        Assert.True(Assert.Single(handler.Messages).IsLastAttempt);
    }
}
