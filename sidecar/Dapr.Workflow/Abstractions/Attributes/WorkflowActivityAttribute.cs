namespace Dapr.Workflow.Abstractions.Attributes;

/// <summary>Marks a class as an activity.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WorkflowActivityAttribute : Attribute
{
    /// <summary>The activity goes by its class name.</summary>
    public WorkflowActivityAttribute()
    {
    }

    /// <summary>The activity goes by <paramref name="name"/>.</summary>
    public WorkflowActivityAttribute(string name) => Name = name;

    /// <summary>The name; null for the class name.</summary>
    public string? Name { get; }
}
