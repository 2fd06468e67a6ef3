namespace Dapr.Workflow.Worker;

/// <summary>The code does something else than the history says it did: it was changed under a running instance, or it is not deterministic.</summary>
internal sealed class NonDeterministicWorkflowException(string message) : Exception(message);
