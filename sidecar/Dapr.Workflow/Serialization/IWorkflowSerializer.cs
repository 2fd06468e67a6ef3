using Dapr.Common.Serialization;

namespace Dapr.Workflow.Serialization;

/// <summary>Turns inputs, outputs, events and statuses into text and back.</summary>
public interface IWorkflowSerializer : IDaprSerializer;
