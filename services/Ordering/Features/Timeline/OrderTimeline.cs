using Argosy.Ordering.Domain;

namespace Argosy.Ordering.Features.Timeline;

/// <summary>The story of an order.</summary>
/// <param name="Stage">What its workflow is doing now; null when it has none running.</param>
internal sealed record OrderTimeline(Guid OrderId, string Number, OrderStatus Status, string? Stage, IReadOnlyList<TimelineEntry> Entries);

/// <summary>Something that happened.</summary>
/// <param name="Kind"><c>status</c>: the order's status changed; <c>workflow</c>: its workflow took a step.</param>
/// <param name="Name">The new status, or what the workflow did.</param>
/// <param name="Detail">More about it, if there is more.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string Kind, string Name, string? Detail);
