using System.Collections.Concurrent;
using System.Threading.Channels;
using Argosy.Testing;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Argosy.Workflow.Tests.Replay;

/// <summary>A sidecar that is nothing but the wire: the test gives the work items and sees the SDK's answers.</summary>
internal sealed class WireSidecar : IAsyncDisposable
{
    private readonly int _port = FreePort.Next();
    private WebApplication? _server;
    private IHost? _worker;

    public Wire Wire { get; } = new();

    public IServiceProvider Services => _worker!.Services;

    public static async Task<WireSidecar> StartAsync(Action<WorkflowRuntimeOptions> configure, Action<IServiceCollection>? services = null)
    {
        var sidecar = new WireSidecar();
        await sidecar.ServeAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [new("DAPR_GRPC_ENDPOINT", $"http://127.0.0.1:{sidecar._port}"), new("DAPR_API_TOKEN", "secret")]);
        builder.Services.AddLogging();
        services?.Invoke(builder.Services);
        builder.Services.AddDaprWorkflow(configure);
        sidecar._worker = builder.Build();
        await sidecar._worker.StartAsync();
        return sidecar;
    }

    public async Task ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(_port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Wire);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        _server = builder.Build();
        _server.UseRouting();
        _server.MapGrpcService<WireService>();
        await _server.StartAsync();
    }

    /// <summary>The server goes away, connections and all.</summary>
    public async Task BreakAsync()
    {
        await _server!.StopAsync();
        await _server.DisposeAsync();
    }

    public Task<WorkflowResponse> RunTurnAsync(HistoryBuilder history, string instanceId = "instance")
    {
        var request = new WorkflowRequest { InstanceId = instanceId, ExecutionId = "7d4cf7b3-9d0c-4c3a-8f0e-0f3a5c1f2b6d", PastEvents = { history.Past }, NewEvents = { history.New } };
        return Wire.RunTurnAsync(request);
    }

    public Task<ActivityResponse> RunActivityAsync(string name, string input, int taskId = 0) => Wire.RunActivityAsync(new ActivityRequest
    {
        Name = name,
        Input = input,
        TaskId = taskId,
        TaskExecutionId = $"key-{taskId}",
        WorkflowInstance = new WorkflowInstance { InstanceId = "instance" },
    });

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.StopAsync();
            _worker.Dispose();
        }
        await BreakAsync();
    }
}

/// <summary>Both ends of the work-item stream.</summary>
internal sealed class Wire
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<object>> _answers = new();
    private int _lastToken;

    public Channel<WorkItem> Items { get; } = Channel.CreateUnbounded<WorkItem>();

    public ConcurrentQueue<CreateInstanceRequest> Starts { get; } = [];

    public ConcurrentQueue<string?> ApiTokens { get; } = [];

    public async Task<WorkflowResponse> RunTurnAsync(WorkflowRequest request) =>
        (WorkflowResponse)await SendAsync(new WorkItem { WorkflowRequest = request });

    public async Task<ActivityResponse> RunActivityAsync(ActivityRequest request) =>
        (ActivityResponse)await SendAsync(new WorkItem { ActivityRequest = request });

    public void Answer(string token, object response) => _answers.GetOrAdd(token, _ => new()).TrySetResult(response);

    private async Task<object> SendAsync(WorkItem item)
    {
        item.CompletionToken = $"token-{Interlocked.Increment(ref _lastToken)}";
        var answer = _answers.GetOrAdd(item.CompletionToken, _ => new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously));
        await Items.Writer.WriteAsync(item);
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}

internal sealed class WireService(Wire wire) : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    public override Task<Empty> Hello(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context)
    {
        wire.Starts.Enqueue(request);
        return Task.FromResult(new CreateInstanceResponse { InstanceId = request.InstanceId });
    }

    public override async Task GetWorkItems(GetWorkItemsRequest request, IServerStreamWriter<WorkItem> responseStream, ServerCallContext context)
    {
        wire.ApiTokens.Enqueue(context.RequestHeaders.GetValue("dapr-api-token"));
        await context.WriteResponseHeadersAsync([]);
        try
        {
            await foreach (var item in wire.Items.Reader.ReadAllAsync(context.CancellationToken))
                await responseStream.WriteAsync(item, context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The worker or the test has closed the stream.
        }
    }

    public override Task<CompleteTaskResponse> CompleteActivityTask(ActivityResponse request, ServerCallContext context)
    {
        wire.Answer(request.CompletionToken, request);
        return Task.FromResult(new CompleteTaskResponse());
    }

    public override Task<CompleteTaskResponse> CompleteOrchestratorTask(WorkflowResponse request, ServerCallContext context)
    {
        wire.Answer(request.CompletionToken, request);
        return Task.FromResult(new CompleteTaskResponse());
    }
}
