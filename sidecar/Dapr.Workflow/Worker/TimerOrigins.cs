using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Dapr.Workflow.Worker;

/// <summary>Timers as actions.</summary>
internal static class TimerOrigins
{
    /// <summary>Marks the timer of a wait without end: it takes an id and is never set (9999-12-31T23:59:59.999999999Z).</summary>
    public static Timestamp Never { get; } = new() { Seconds = 253402300799, Nanos = 999999999 };

    public static CreateTimerAction ByCode(DateTime fireAt) => new() { FireAt = At(fireAt), CreateTimer = new TimerOriginCreateTimer() };

    public static CreateTimerAction EventTimeout(string eventName, DateTime? fireAt) =>
        new() { FireAt = fireAt is { } time ? At(time) : Never, ExternalEvent = new TimerOriginExternalEvent { Name = eventName } };

    public static CreateTimerAction ActivityRetry(string taskExecutionId, DateTime fireAt) =>
        new() { FireAt = At(fireAt), ActivityRetry = new TimerOriginActivityRetry { TaskExecutionId = taskExecutionId } };

    public static CreateTimerAction ChildRetry(string instanceId, DateTime fireAt) =>
        new() { FireAt = At(fireAt), ChildWorkflowRetry = new TimerOriginChildWorkflowRetry { InstanceId = instanceId } };

    private static Timestamp At(DateTime time) =>
        Timestamp.FromDateTime(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
