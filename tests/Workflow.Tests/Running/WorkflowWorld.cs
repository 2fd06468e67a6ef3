using Argosy.Testing;
using Dapr.Workflow;
using Dapr.Workflow.Registration;

namespace Argosy.Workflow.Tests.Running;

/// <summary>A real sidecar with a SQLite store, a worker process, and a client.</summary>
internal sealed class WorkflowWorld : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    public WorkflowWorld()
    {
        _folder.Write("resources/statestore.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: statestore
            spec:
              type: state.sqlite
              version: v1
              metadata:
              - name: connectionString
                value: state.db
              - name: actorStateStore
                value: "true"
            """);
        _folder.Write("steps.log", "");
        Sidecar = new SidecarProcess(_folder.Path);
        Worker = NewWorker();
        Client = (DaprWorkflowClient)new DaprWorkflowClientBuilder().UseGrpcEndpoint(Sidecar.GrpcEndpoint).Build();
    }

    public SidecarProcess Sidecar { get; }

    public WorkerProcess Worker { get; }

    public DaprWorkflowClient Client { get; }

    public WorkerProcess NewWorker() => new(_folder.Path, Sidecar.GrpcEndpoint);

    public async Task StartAsync()
    {
        await Sidecar.StartAsync();
        Worker.Start();
    }

    public async Task InterruptAsync(Interruption interruption)
    {
        switch (interruption)
        {
            case Interruption.WorkerKilled:
                Worker.Kill();
                Worker.Start();
                break;
            case Interruption.SidecarKilled:
                Sidecar.Kill();
                await Sidecar.StartAsync();
                break;
        }
    }

    /// <summary>How often an activity of the instance has run.</summary>
    public int Ran(string instanceId, string step) => Steps().Count(line => line == $"{instanceId} {step}");

    public string[] Steps()
    {
        using var log = new StreamReader(new FileStream(_folder.File("steps.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void OpenGate(string instanceId) => _folder.Write($"gate-{instanceId}", "");

    public Task<WorkflowState> EndAsync(string instanceId) => Client.WaitForWorkflowCompletionAsync(instanceId).WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Worker.Dispose();
        await Sidecar.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>What happens in the middle of an operation.</summary>
public enum Interruption
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>kill -9 of the worker, which is then started again.</summary>
    WorkerKilled,

    /// <summary>kill -9 of the sidecar, which is then started again.</summary>
    SidecarKilled,
}
