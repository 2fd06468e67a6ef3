using Argosy.Contracts.Inventory;

namespace Argosy.Ordering.Workflows;

/// <summary>What a workflow starts with. The times are part of it because a workflow must not read settings that may change while it runs.</summary>
/// <param name="PaymentActionWindow">How long the customer may take to answer the bank.</param>
/// <param name="CompletionDelay">How long after shipment the order counts as completed.</param>
internal sealed record OrderWorkflowInput(Guid OrderId, IReadOnlyList<ReservationLine> Lines, TimeSpan PaymentActionWindow, TimeSpan CompletionDelay);
