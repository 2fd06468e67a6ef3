using System.Collections.Concurrent;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>What pubsub.sqlite promises when a process ends in the middle: nothing accepted is lost.</summary>
public sealed class PubSubCrashTests : IAsyncLifetime
{
    private const int Events = 500;

    private readonly TempFolder _folder = new();
    private readonly SubscriberApp _app = new(new { pubsubname = "pubsub", topic = "orders", route = "/orders" });
    private readonly HttpClient _http = new();
    private SidecarProcess _sidecar = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        PubSubResources.Write(_folder, PubSubResources.Sqlite(("redeliverInterval", "20ms"), ("lease", "1s")));
        await _app.StartAsync();
        _sidecar = new SidecarProcess(_folder.Path, "shop", _app.Port);
        await _sidecar.StartAsync();
        _http.BaseAddress = new Uri(_sidecar.HttpEndpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sidecar.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sidecar_KilledInTheMiddle_LosesNoAcceptedEvent()
    {
        _app.Answer = (_, context) => Task.Delay(2, context.RequestAborted);
        var accepted = new ConcurrentBag<int>();
        var publishing = Task.WhenAll(Enumerable.Range(0, 8).Select(async publisher =>
        {
            for (var number = publisher; number < Events; number += 8)
            {
                while (!await TryPublishAsync(number))
                    await Task.Delay(20, Cancellation);
                accepted.Add(number);
            }
        }));

        await Eventually.HoldsAsync("a part is delivered", () => _app.Deliveries.Count > Events / 5);
        _sidecar.Kill();
        await _sidecar.StartAsync();
        await Eventually.HoldsAsync("more is delivered", () => _app.Deliveries.Count > Events / 2);
        _sidecar.Kill();
        await _sidecar.StartAsync();
        await publishing;

        await Eventually.HoldsAsync("every accepted event arrives", () => accepted.ToHashSet().IsSubsetOf(_app.Numbers));
        Assert.Equal(Events, accepted.Count);
    }

    [Fact]
    public async Task App_GoneInTheMiddle_GetsTheRestWhenItIsBack()
    {
        var done = new ConcurrentBag<int>();
        _app.Answer = async (delivery, context) =>
        {
            await Task.Delay(5, context.RequestAborted);
            done.Add(delivery.Event.GetProperty("data").GetInt32());
        };
        for (var number = 0; number < Events; number++)
            Assert.True(await TryPublishAsync(number));
        await Eventually.HoldsAsync("a part is delivered", () => done.Count > Events / 5);

        await _app.StopAsync();
        await _app.StartAsync();

        await Eventually.HoldsAsync("every event is handled", () => done.Distinct().Count() == Events);
    }

    [Fact]
    public async Task Sidecar_StoppedGracefully_FinishesWhatIsInHand()
    {
        var inHand = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        _app.Answer = async (_, _) =>
        {
            inHand.TrySetResult();
            await finish.Task;
        };
        Assert.True(await TryPublishAsync(1));
        await inHand.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        var stopping = _sidecar.StopAsync();
        await Eventually.HoldsAsync("the sidecar is stopping", () => _sidecar.Output.Contains("Stopping 1 subscriptions", StringComparison.Ordinal));
        finish.SetResult();
        await stopping;

        Assert.Equal(0, await PubSubFile.CountAsync(_folder.File("pubsub.db"), "delivery"));
        Assert.Single(_app.Deliveries);
    }

    private async Task<bool> TryPublishAsync(int number)
    {
        try
        {
            using var content = new StringContent($"{number}");
            content.Headers.ContentType = new("application/json");
            using var answer = await _http.PostAsync(new Uri("/v1.0/publish/pubsub/orders", UriKind.Relative), content, Cancellation);
            return answer.StatusCode == System.Net.HttpStatusCode.NoContent;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
