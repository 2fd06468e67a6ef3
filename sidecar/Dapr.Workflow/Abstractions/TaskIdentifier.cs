namespace Dapr.Workflow.Abstractions;

/// <summary>Name of a workflow or activity.</summary>
/// <param name="Name">The name it is registered under.</param>
public readonly record struct TaskIdentifier(string Name)
{
    /// <summary>The identifier of a name.</summary>
    public static implicit operator TaskIdentifier(string name) => new(name);

    /// <summary>The name of an identifier.</summary>
    public static implicit operator string(TaskIdentifier identifier) => identifier.Name;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
