using System.Diagnostics;
using Proto = Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Worker;

/// <summary>The trace that workflow work belongs to: the one its instance was started in.</summary>
internal static class TraceScope
{
    private static readonly ActivitySource Source = new("Dapr.Workflow");

    /// <summary>A span around an activity; without a listener at least the trace goes on.</summary>
    public static Activity? ForActivity(Proto.ActivityRequest request) =>
        ActivityContext.TryParse(request.ParentTraceContext?.TraceParent, request.ParentTraceContext?.TraceState, isRemote: true, out var parent)
            ? Source.StartActivity("WorkflowActivity " + request.Name, ActivityKind.Internal, parent) ?? Continue(request.ParentTraceContext)
            : null;

    /// <summary>Puts a turn into its trace without a span of its own: replays would repeat it.</summary>
    public static Activity? ForTurn(Proto.ExecutionStartedEvent started) => Continue(started.ParentTraceContext);

    private static Activity? Continue(Proto.TraceContext? trace)
    {
        if (string.IsNullOrEmpty(trace?.TraceParent))
            return null;
        var activity = new Activity("workflow").SetParentId(trace.TraceParent);
        activity.TraceStateString = trace.TraceState;
        return activity.Start();
    }
}
