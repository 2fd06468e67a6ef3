using Argosy.Ordering.Workflows;

namespace Argosy.Ordering.Features.Dispatch;

/// <summary>Something to tell an order's workflow.</summary>
internal abstract record WorkflowSignal(Guid OrderId)
{
    /// <summary>The order was accepted.</summary>
    public sealed record Start(OrderWorkflowInput Input) : WorkflowSignal(Input.OrderId);

    /// <summary>The customer wants out.</summary>
    public sealed record Cancel(Guid OrderId) : WorkflowSignal(OrderId);

    /// <summary>The operator has packed it.</summary>
    public sealed record Ship(Guid OrderId) : WorkflowSignal(OrderId);
}
