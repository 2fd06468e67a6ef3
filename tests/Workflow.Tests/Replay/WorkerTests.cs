using Argosy.Testing;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Argosy.Workflow.Tests.Replay;

/// <summary>The worker around the replay: activities, scopes, limits, connections.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task Activity_GetsItsInputAndContext_AndGivesItsResult()
    {
        await using var sidecar = await WireSidecar.StartAsync(options => options.RegisterActivity<int, object>("A", (context, input) =>
            Task.FromResult<object>(new { Twice = input * 2, Name = context.Identifier.Name, context.InstanceId, context.TaskExecutionKey })));

        var response = await sidecar.RunActivityAsync("A", "21", taskId: 7);

        Assert.Equal("""{"twice":42,"name":"A","instanceId":"instance","taskExecutionKey":"key-7"}""", response.Result);
        Assert.Equal(7, response.TaskId);
        Assert.Equal("instance", response.InstanceId);
    }

    [Fact]
    public async Task Activity_Throws_AnswersWithTypeAndMessage()
    {
        await using var sidecar = await WireSidecar.StartAsync(options => options.RegisterActivity<string, string>("A", (_, input) => throw new TimeoutException(input)));

        var response = await sidecar.RunActivityAsync("A", "\"slow\"");

        Assert.Equal((typeof(TimeoutException).FullName, "slow"), (response.FailureDetails.ErrorType, response.FailureDetails.ErrorMessage));
    }

    [Fact]
    public async Task Activity_Unknown_Fails()
    {
        await using var sidecar = await WireSidecar.StartAsync(_ => { });

        Assert.Equal("ActivityNotFoundException", (await sidecar.RunActivityAsync("Nobody", "")).FailureDetails.ErrorType);
    }

    [Fact]
    public async Task Activity_WithoutInput_GetsTheDefault()
    {
        await using var sidecar = await WireSidecar.StartAsync(options => options.RegisterActivity<string?, string?>("A", (_, input) => Task.FromResult(input)));

        Assert.Equal("", (await sidecar.RunActivityAsync("A", "")).Result);
    }

    [Fact]
    public async Task Activities_AreMadeFromAScopeEach_WhichEndsWithThem()
    {
        var log = new ScopeLog();
        await using var sidecar = await WireSidecar.StartAsync(
            options => options.RegisterActivity<ScopedActivity>(),
            services => services.AddSingleton(log).AddScoped<ScopedThing>());

        await sidecar.RunActivityAsync(nameof(ScopedActivity), "");
        await sidecar.RunActivityAsync(nameof(ScopedActivity), "");

        await Eventually.HoldsAsync("both scopes have ended", () => log.Disposed == 2);
        Assert.Equal(2, log.Created);
    }

    [Fact]
    public async Task ManyActivities_RunAHundredAtATime()
    {
        var release = new TaskCompletionSource();
        var running = 0;
        await using var sidecar = await WireSidecar.StartAsync(options => options.RegisterActivity<string, string>("A", async (_, input) =>
        {
            Interlocked.Increment(ref running);
            await release.Task;
            return input;
        }));

        var all = Enumerable.Range(0, 130).Select(number => sidecar.RunActivityAsync("A", "\"x\"", number)).ToList();
        await Eventually.HoldsAsync("a hundred run", () => Volatile.Read(ref running) == 100);
        // The stream is in order: when this turn is answered, all that was sent before it has been taken in.
        await sidecar.RunTurnAsync(HistoryBuilder.Started("Nobody"));
        Assert.Equal(100, Volatile.Read(ref running));
        release.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(130, Volatile.Read(ref running));
    }

    [Fact]
    public async Task BrokenStream_IsOpenedAgain()
    {
        await using var sidecar = await WireSidecar.StartAsync(options => options.RegisterActivity<string, string>("A", (_, input) => Task.FromResult(input)));
        await sidecar.RunActivityAsync("A", "\"before\"");
        await sidecar.BreakAsync();
        await sidecar.ServeAsync();

        Assert.Equal("\"after\"", (await sidecar.RunActivityAsync("A", "\"after\"")).Result);
        Assert.All(sidecar.Wire.ApiTokens, token => Assert.Equal("secret", token));
    }

    [Fact]
    public async Task Client_Starts_WithInputIdTimeAndToken()
    {
        await using var sidecar = await WireSidecar.StartAsync(_ => { });
        var client = sidecar.Services.GetRequiredService<DaprWorkflowClient>();

        var id = await client.ScheduleNewWorkflowAsync("W", input: new { Sku = "a" });
        await client.ScheduleNewWorkflowAsync("W", "mine", null, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var starts = sidecar.Wire.Starts.ToArray();
        Assert.Equal(("W", """{"sku":"a"}"""), (starts[0].Name, starts[0].Input));
        Assert.True(Guid.TryParse(id, out _));
        Assert.Equal(("mine", "", 1893456000), (starts[1].InstanceId, starts[1].Input, starts[1].ScheduledStartTimestamp.Seconds));
    }

    [Fact]
    public async Task Turn_EchoesInstanceAndToken()
    {
        await using var sidecar = await WireSidecar.StartAsync(options => options.RegisterWorkflow<string, string>("W", (_, input) => Task.FromResult(input)));

        var response = await sidecar.RunTurnAsync(HistoryBuilder.Started("w", "\"name in another case\""), "another");

        Assert.Equal("another", response.InstanceId);
        Assert.StartsWith("token-", response.CompletionToken, StringComparison.Ordinal);
        Assert.Equal(OrchestrationStatus.Completed, Assert.Single(response.Actions).CompleteWorkflow.WorkflowStatus);
    }

    private sealed class ScopeLog
    {
        public int Created;
        public int Disposed;
    }

    private sealed class ScopedThing : IDisposable
    {
        private readonly ScopeLog _log;

        public ScopedThing(ScopeLog log)
        {
            _log = log;
            Interlocked.Increment(ref log.Created);
        }

        public void Dispose() => Interlocked.Increment(ref _log.Disposed);
    }

    private sealed class ScopedActivity(ScopedThing thing) : WorkflowActivity<string, string>
    {
        public override Task<string> RunAsync(WorkflowActivityContext context, string input) => Task.FromResult(thing.GetType().Name);
    }
}
