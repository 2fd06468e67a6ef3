namespace Dapr.Workflow;

/// <summary>What deterministic code may know about its execution.</summary>
public interface IWorkflowContext
{
    /// <summary>True while code runs that has run before; side effects such as logging should wait until it is false.</summary>
    bool IsReplaying { get; }

    /// <summary>The time of the turn, the same in every replay.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>True when this execution takes the changed branch named <paramref name="patchName"/>: new executions do, those that
    /// had passed this point before the change do not.</summary>
    bool IsPatched(string patchName);
}
