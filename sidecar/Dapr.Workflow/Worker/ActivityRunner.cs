using System.Diagnostics;
using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Runs one activity and answers with its result or failure.</summary>
internal sealed partial class ActivityRunner(
    IWorkflowsFactory activities, IDaprSerializer serializer, IServiceScopeFactory scopes, ILogger<ActivityRunner> logger)
{
    public async Task<ActivityResponse> RunAsync(ActivityRequest request, string completionToken)
    {
        var instanceId = request.WorkflowInstance?.InstanceId ?? "";
        var response = new ActivityResponse { InstanceId = instanceId, TaskId = request.TaskId, CompletionToken = completionToken };
        using var trace = TraceScope.ForActivity(request);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var name = new TaskIdentifier(request.Name);
            if (activities.TryCreateActivity(name, scope.ServiceProvider, out var activity, out var failure))
            {
                var key = string.IsNullOrEmpty(request.TaskExecutionId) ? request.TaskId.ToString() : request.TaskExecutionId;
                var input = string.IsNullOrEmpty(request.Input) ? null : serializer.Deserialize(request.Input, activity!.InputType);
                var output = await activity!.RunAsync(new ActivityContext(name, key, instanceId), input);
                response.Result = output is null ? "" : serializer.Serialize(output, output.GetType());
            }
            else
            {
                response.FailureDetails = failure?.ToWire($"Activity '{request.Name}' could not be created: ")
                    ?? new TaskFailureDetails { ErrorType = "ActivityNotFoundException", ErrorMessage = $"Activity '{request.Name}' not found", StackTrace = "" };
            }
        }
#pragma warning disable CA1031 // Whatever an activity throws is its failure, which the workflow is told.
        catch (Exception thrown)
        {
            trace?.SetStatus(ActivityStatusCode.Error);
            LogFailed(logger, thrown, request.Name, instanceId);
            response.FailureDetails = thrown.ToWire();
        }
        return response;
    }

    [LoggerMessage(1, LogLevel.Warning, "Activity {Activity} of workflow instance {InstanceId} failed")]
    private static partial void LogFailed(ILogger logger, Exception failure, string activity, string instanceId);

    private sealed class ActivityContext(TaskIdentifier identifier, string taskExecutionKey, string instanceId) : WorkflowActivityContext
    {
        public override TaskIdentifier Identifier => identifier;

        public override string TaskExecutionKey => taskExecutionKey;

        public override string InstanceId => instanceId;
    }
}
