namespace Dapr.Workflow;

/// <summary>Fan-out with a limit.</summary>
public static class ParallelExtensions
{
    /// <summary>Runs <paramref name="taskFactory"/> for every input, at most <paramref name="maxConcurrency"/> at a time; results are in the inputs' order.</summary>
    /// <exception cref="AggregateException">Some failed; the others were still run to their end.</exception>
    public static async Task<TResult[]> ProcessInParallelAsync<TInput, TResult>(
        this WorkflowContext context,
        IEnumerable<TInput> inputs,
        Func<TInput, Task<TResult>> taskFactory,
        int maxConcurrency = 5)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(taskFactory);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);

        var work = inputs.ToList();
        var results = new TResult[work.Count];
        var failures = new List<Exception>();
        var running = new List<Task>(Math.Min(maxConcurrency, work.Count));
        for (var next = 0; next < work.Count || running.Count > 0;)
        {
            while (next < work.Count && running.Count < maxConcurrency)
                running.Add(RunAsync(next++));
            running.Remove(await Task.WhenAny(running));
        }
        return failures.Count == 0 ? results : throw new AggregateException($"{failures.Count} of {work.Count} tasks failed", failures);

        async Task RunAsync(int index)
        {
            try
            {
                results[index] = await taskFactory(work[index]);
            }
#pragma warning disable CA1031 // Every failure is collected and thrown at the end.
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }
    }
}
