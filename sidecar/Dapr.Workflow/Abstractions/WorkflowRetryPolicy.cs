namespace Dapr.Workflow;

/// <summary>How often and how fast a failed activity or child workflow is tried again. The pauses are durable timers.</summary>
public class WorkflowRetryPolicy
{
    private static readonly TimeSpan LongestDefaultPause = TimeSpan.FromHours(1);

    /// <param name="maxNumberOfAttempts">Attempts in all, the first included; at least 1.</param>
    /// <param name="firstRetryInterval">Pause before the second attempt; more than zero.</param>
    /// <param name="backoffCoefficient">Factor from one pause to the next; at least 1.</param>
    /// <param name="maxRetryInterval">Longest pause; null for no limit. An omitted limit still requires a first pause of at most an hour.</param>
    /// <param name="retryTimeout">Time after the first attempt in which further ones may begin; null or infinite for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public WorkflowRetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRetryInterval ?? LongestDefaultPause, firstRetryInterval, nameof(maxRetryInterval));
        var timeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
        if (timeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, firstRetryInterval, nameof(retryTimeout));

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval;
        RetryTimeout = timeout;
    }

    /// <summary>Attempts in all, the first included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>Pause before the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>Factor from one pause to the next.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>Longest pause; null for no limit.</summary>
    public TimeSpan? MaxRetryInterval { get; }

    /// <summary>Time after the first attempt in which further ones may begin; infinite for no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Pause after the attempt with that number (1 is the first).</summary>
    internal TimeSpan PauseAfter(int attempt)
    {
        var limit = MaxRetryInterval ?? TimeSpan.MaxValue;
        var milliseconds = FirstRetryInterval.TotalMilliseconds * Math.Pow(BackoffCoefficient, attempt - 1);
        return milliseconds >= limit.TotalMilliseconds ? limit : TimeSpan.FromMilliseconds(milliseconds);
    }
}
