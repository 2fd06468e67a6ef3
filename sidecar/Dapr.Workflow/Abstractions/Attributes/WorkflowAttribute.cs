namespace Dapr.Workflow.Abstractions.Attributes;

/// <summary>Marks a class as a workflow.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WorkflowAttribute : Attribute
{
    /// <summary>The workflow goes by its class name.</summary>
    public WorkflowAttribute()
    {
    }

    /// <summary>The workflow goes by <paramref name="name"/>.</summary>
    public WorkflowAttribute(string name) => Name = name;

    /// <summary>The name; null for the class name.</summary>
    public string? Name { get; }
}
