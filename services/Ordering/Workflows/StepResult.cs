namespace Argosy.Ordering.Workflows;

/// <summary>How a step ended. A business refusal is a result; only faults are exceptions, and only they are retried.</summary>
/// <param name="Refusal">Why the step will never succeed, a code of <see cref="Domain.CancelReason"/>; null when it did.</param>
internal sealed record StepResult(string? Refusal)
{
    public static StepResult Done { get; } = new((string?)null);

    public static StepResult Refused(string reason) => new(reason);
}
