namespace Argosy.Sidecar.Workflows;

/// <summary>What instances need from the engine that runs them.</summary>
internal sealed record InstanceHost(
    string AppId,
    WorkflowStore Store,
    TurnApplier Applier,
    TimerScheduler Timers,
    Func<string?, WorkDispatcher?> Dispatcher,
    Action<string, InboxEntry> Deliver,
    TimeProvider Time,
    ILogger Log)
{
    /// <summary>Executions in a row that may continue as new in their very first turn.</summary>
    public const int LongestContinuation = 20;

    /// <summary>How long an event may be in memory only while someone waits for it to be safe: long enough for a turn to take it in with
    /// its own save, short enough for a worker whose threads all wait here.</summary>
    public static readonly TimeSpan LongestUnsafe = TimeSpan.FromMilliseconds(100);
}
