using Dapr.Common;

namespace Dapr.Workflow.Registration;

/// <summary>Goes on configuring workflows after they were added to a service collection.</summary>
public interface IDaprWorkflowBuilder : IDaprServiceBuilder;
