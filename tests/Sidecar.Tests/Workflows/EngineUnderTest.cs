using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Workflows;
using Dapr.DurableTask.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Argosy.Sidecar.Tests.Workflows;

/// <summary>A workflow engine on a store in memory; a second one on the same store is the same app after a restart.</summary>
internal sealed class EngineUnderTest : IAsyncDisposable
{
    private EngineUnderTest(WorkflowEngine engine)
    {
        Engine = engine;
        Operations = new WorkflowOperations(engine);
    }

    public WorkflowEngine Engine { get; }

    public WorkflowOperations Operations { get; }

    public static async Task<EngineUnderTest> StartAsync(CountingStore? store, TimeProvider? time = null)
    {
        var location = new SourceLocation("statestore.yaml", 1);
        var component = new Component("statestore", "state.test", "v1", [], location);
        var components = new ComponentSet(store is null
            ? []
            : [new LoadedComponent(component, new ComponentMetadata(component, new Dictionary<string, string> { ["actorStateStore"] = "true" }), store)]);
        var app = new SidecarApp(new TopologyApp("app", []));
        var engine = new WorkflowEngine(app, new AppDirectory(), components, time ?? TimeProvider.System, NullLogger<WorkflowEngine>.Instance);
        await engine.StartAsync(CancellationToken.None);
        return new EngineUnderTest(engine);
    }

    /// <summary>Starts an instance without waiting for its first turn.</summary>
    public Task<string> BeginAsync(string id, DateTimeOffset? at = null) => Operations.StartAsync(
        new CreateInstanceRequest
        {
            Name = "W",
            InstanceId = id,
            ScheduledStartTimestamp = at is { } time ? Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(time) : null,
        },
        waitForStart: false, CancellationToken.None);

    public async Task<OrchestrationStatus?> StatusAsync(string id) => (await Operations.GetAsync(id, CancellationToken.None)).Record?.Status;

    public async ValueTask DisposeAsync()
    {
        await Engine.StopAsync(CancellationToken.None);
        Engine.Dispose();
    }
}
