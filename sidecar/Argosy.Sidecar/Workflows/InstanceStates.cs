using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>Instances as clients see them.</summary>
internal static class InstanceStates
{
    public static GetInstanceResponse ToResponse(this InstanceView view, bool withData)
    {
        if (view.Record is not { } record)
            return new GetInstanceResponse { Exists = false };
        var start = (view.History.FirstOrDefault(entry => entry.ExecutionStarted is not null) ?? view.PendingStart)?.ExecutionStarted;
        var state = new WorkflowState
        {
            InstanceId = view.Id,
            Name = record.Name,
            Version = start?.Version,
            WorkflowStatus = record.Status,
            ScheduledStartTimestamp = record.ScheduledStart,
            CreatedTimestamp = record.CreatedAt,
            LastUpdatedTimestamp = record.UpdatedAt,
            CompletedTimestamp = record.CompletedAt,
            StartedAt = record.StartedAt,
            ExecutionId = record.ExecutionId,
            ParentInstanceId = record.Parent?.WorkflowInstance.InstanceId,
            ParentAppId = record.Parent?.AppID,
        };
        if (start is not null)
            state.Tags.Add(start.Tags);
        var end = record.HasEnded() ? view.History.LastOrDefault(entry => entry.ExecutionCompleted is not null)?.ExecutionCompleted : null;
        state.FailureDetails = end?.FailureDetails;
        if (withData)
        {
            state.Input = start?.Input;
            state.Output = end?.Result;
            state.CustomStatus = view.CustomStatus;
        }
        return new GetInstanceResponse { Exists = true, WorkflowState = state };
    }
}
