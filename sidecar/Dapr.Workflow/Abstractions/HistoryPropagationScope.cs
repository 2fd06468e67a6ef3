namespace Dapr.Workflow;

/// <summary>How much history goes with a call to an activity or child workflow.</summary>
public enum HistoryPropagationScope
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The caller's own.</summary>
    OwnHistory = 1,

    /// <summary>The caller's own and what it was handed down itself.</summary>
    Lineage = 2,
}
