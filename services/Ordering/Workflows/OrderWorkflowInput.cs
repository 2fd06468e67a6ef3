using Argosy.Contracts.Inventory;

namespace Argosy.Ordering.Workflows;

/// <summary>What a workflow starts with.</summary>
internal sealed record OrderWorkflowInput(Guid OrderId, IReadOnlyList<ReservationLine> Lines);
