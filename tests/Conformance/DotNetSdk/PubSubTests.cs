using Argosy.Testing;
using Dapr.Client;
using Xunit;

namespace Argosy.Conformance.DotNetSdk;

/// <summary>Publishing with <see cref="DaprClient"/> and receiving with <c>Dapr.AspNetCore</c> (contract 2.3, 4.2, 5).</summary>
public sealed class PubSubTests(SdkApp app) : IClassFixture<SdkApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_ReachesTheSubscriber()
    {
        var cargo = Cargo.New();
        await app.Client.PublishEventAsync("pubsub", "news", cargo, Ct);
        await Eventually.HoldsAsync("the event arrives", () => app.Received.Contains(cargo));
    }

    [Fact]
    public async Task BulkPublish_EveryEntryReachesTheSubscriber()
    {
        var cargo = Enumerable.Range(0, 25).Select(_ => Cargo.New()).ToList();
        var answer = await app.Client.BulkPublishEventAsync("pubsub", "news", cargo, cancellationToken: Ct);
        Assert.Empty(answer.FailedEntries);
        await Eventually.HoldsAsync("all of them arrive", () => cargo.TrueForAll(one => app.Received.Contains(one)));
    }

    [Fact]
    public async Task FailingSubscriber_GetsTheEventAgain()
    {
        var cargo = Cargo.New();
        await app.Client.PublishEventAsync("pubsub", "shaky", cargo, Ct);
        await Eventually.HoldsAsync("the third try succeeds", () => app.Received.Contains(cargo), TimeSpan.FromSeconds(60));
        Assert.Equal(3, app.Attempts[cargo.Id]);
    }

    [Fact]
    public async Task Drop_GoesToTheDeadLetterTopic()
    {
        var cargo = Cargo.New();
        await app.Client.PublishEventAsync("pubsub", "unwanted", cargo, Ct);
        await Eventually.HoldsAsync("the dead letter arrives", () => app.DeadLetters.Contains(cargo), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Publish_UnknownComponent_Fails() =>
        await Assert.ThrowsAsync<Dapr.DaprException>(() => app.Client.PublishEventAsync("nopubsub", "news", Cargo.New(), Ct));

    [Fact]
    public async Task Publish_SidecarKilledBeforeDelivery_StillArrives()
    {
        var cargo = Enumerable.Range(0, 50).Select(_ => Cargo.New()).ToList();
        await using var other = new SdkApp();
        await other.InitializeAsync();
        await other.Client.BulkPublishEventAsync("pubsub", "news", cargo, cancellationToken: Ct);
        other.Process.Kill();
        await other.Process.StartAsync();
        await Eventually.HoldsAsync("every event arrives after the restart", () => cargo.TrueForAll(one => other.Received.Contains(one)), TimeSpan.FromSeconds(60));
    }
}
