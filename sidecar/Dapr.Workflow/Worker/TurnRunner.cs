using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Runs one turn of a workflow: replays its code against the history and answers with what the code asks for next.</summary>
internal sealed class TurnRunner(
    IWorkflowsFactory workflows,
    IDaprSerializer serializer,
    IServiceScopeFactory scopes,
    ILoggerFactory loggers,
    SidecarConnection sidecar)
{
    public async Task<WorkflowResponse> RunAsync(WorkflowRequest request, string completionToken)
    {
        var response = new WorkflowResponse { InstanceId = request.InstanceId, CompletionToken = completionToken };
        if (request.RequiresHistoryStreaming)
        {
            var history = await sidecar.Client.GetInstanceHistoryAsync(new GetInstanceHistoryRequest { InstanceId = request.InstanceId }, sidecar.Options(default));
            request.PastEvents.AddRange(history.Events);
        }
        if (request.NewEvents is [.., { ExecutionTerminated: not null }])
        {
            response.Actions.Add(new WorkflowAction { CompleteWorkflow = new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Terminated } });
            return response;
        }
        if (IsSuspended(request))
            return response;
        if (FindStart(request) is not { } start)
        {
            response.Actions.Add(Failed("WorkflowNameMissing", $"The history of workflow instance '{request.InstanceId}' has no start."));
            return response;
        }
        await RunAsync(request, start, response);
        return response;
    }

    private async Task RunAsync(WorkflowRequest request, HistoryEvent start, WorkflowResponse response)
    {
        var started = start.ExecutionStarted;
        using var trace = TraceScope.ForTurn(started);
        await using var scope = scopes.CreateAsyncScope();
        if (!workflows.TryCreateWorkflow(new TaskIdentifier(started.Name), scope.ServiceProvider, out var workflow, out var failure))
        {
            response.Actions.Add(failure is null
                ? Failed("WorkflowNotFound", $"Workflow '{started.Name}' is not registered in this app.")
                : Failed(failure.ToWire($"Workflow '{started.Name}' could not be created: ")));
            return;
        }
        var context = new ReplayContext(request, started, AppId(start), serializer, loggers);
        try
        {
            var input = string.IsNullOrEmpty(started.Input) ? null : serializer.Deserialize(started.Input, workflow!.InputType);
            var running = workflow!.RunAsync(context, input);
            context.Feed(request.PastEvents, isReplaying: true);
            context.Feed(request.NewEvents, isReplaying: false);
            context.CarryEventsOver();
            await AnswerAsync(response, context, running);
        }
#pragma warning disable CA1031 // An input that cannot be read, or code that does not fit its history, fails the workflow.
        catch (Exception thrown)
        {
            response.Actions.Clear();
            response.Actions.Add(context.Complete(Failure(thrown.ToWire())));
        }
    }

    private async Task AnswerAsync(WorkflowResponse response, ReplayContext context, Task<object?> running)
    {
        response.Actions.AddRange(context.Actions.Unconfirmed);
        response.CustomStatus = context.CustomStatus;
        if (context.NewPatches.Count > 0)
            response.Version = new WorkflowVersion { Name = context.Name, Patches = { context.NewPatches } };
        if (context.Actions.ContinuedAsNew is not null || !running.IsCompleted)
            return;
        CompleteWorkflowAction end;
        try
        {
            var result = await running is { } output ? serializer.Serialize(output, output.GetType()) : "";
            end = new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Completed, Result = result };
        }
#pragma warning disable CA1031 // Whatever workflow code throws is the workflow's failure.
        catch (Exception thrown)
        {
            end = Failure(thrown.ToWire());
        }
#pragma warning restore CA1031
        response.Actions.Add(context.Complete(end));
    }

    // A suspended workflow takes in what happens and asks for nothing; what it would have asked for comes with the turn that resumes it.
    private static bool IsSuspended(WorkflowRequest request)
    {
        var last = request.NewEvents.LastOrDefault(IsPauseOrResume) ?? request.PastEvents.LastOrDefault(IsPauseOrResume);
        return last?.ExecutionSuspended is not null;

        static bool IsPauseOrResume(HistoryEvent entry) =>
            entry.EventTypeCase is HistoryEvent.EventTypeOneofCase.ExecutionSuspended or HistoryEvent.EventTypeOneofCase.ExecutionResumed;
    }

    private static HistoryEvent? FindStart(WorkflowRequest request) =>
        request.NewEvents.LastOrDefault(entry => entry.ExecutionStarted is not null)
        ?? request.PastEvents.LastOrDefault(entry => entry.ExecutionStarted is not null);

    private static string? AppId(HistoryEvent start) =>
        string.IsNullOrEmpty(start.Router?.TargetAppID) ? start.Router?.SourceAppID : start.Router.TargetAppID;

    private static WorkflowAction Failed(string errorType, string message) =>
        Failed(new TaskFailureDetails { ErrorType = errorType, ErrorMessage = message, StackTrace = "" });

    private static WorkflowAction Failed(TaskFailureDetails details) => new() { CompleteWorkflow = Failure(details) };

    private static CompleteWorkflowAction Failure(TaskFailureDetails details)
    {
        details.IsNonRetriable = true;
        return new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Failed, FailureDetails = details };
    }
}
