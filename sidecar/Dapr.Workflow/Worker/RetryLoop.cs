namespace Dapr.Workflow.Worker;

/// <summary>Runs a call again while its policy allows, with durable pauses. Only reported failures count.</summary>
internal static class RetryLoop
{
    public static async Task<T> RunAsync<T>(WorkflowContext context, WorkflowRetryPolicy policy, Func<Task<T>> call, Func<DateTime, Task> pauseUntil)
    {
        var deadline = policy.RetryTimeout == Timeout.InfiniteTimeSpan || policy.RetryTimeout == TimeSpan.MaxValue
            ? DateTime.MaxValue
            : context.CurrentUtcDateTime + policy.RetryTimeout;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (WorkflowTaskFailedException) when (attempt < policy.MaxNumberOfAttempts && context.CurrentUtcDateTime < deadline)
            {
                // The pause is outside the catch block so that its own failure is not hidden.
            }
            var pause = policy.PauseAfter(attempt);
            await pauseUntil(pause < DateTime.MaxValue - context.CurrentUtcDateTime ? context.CurrentUtcDateTime + pause : DateTime.MaxValue);
        }
    }
}
