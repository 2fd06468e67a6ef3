using Dapr.Workflow;

namespace Argosy.Workflow.Worker;

/// <summary>Three steps in a row; the second waits for its gate.</summary>
internal sealed class ChainWorkflow : Workflow<string, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, string input)
    {
        var first = await context.CallActivityAsync<string>(nameof(StepActivity), input + "1");
        var second = await context.CallActivityAsync<string>(nameof(GateActivity), input + "2");
        var third = await context.CallActivityAsync<string>(nameof(StepActivity), input + "3");
        return $"{first} {second} {third}";
    }
}

/// <summary>An activity that needs as many attempts as the input says.</summary>
internal sealed class FlakyWorkflow : Workflow<int, string>
{
    public override Task<string> RunAsync(WorkflowContext context, int input) =>
        context.CallActivityAsync<string>(nameof(FlakyActivity), input, new WorkflowTaskOptions(new WorkflowRetryPolicy(input, TimeSpan.FromSeconds(1), backoffCoefficient: 1.5)));
}

internal sealed class TimerWorkflow : Workflow<double, DateTime>
{
    public override async Task<DateTime> RunAsync(WorkflowContext context, double input)
    {
        await context.CreateTimer(TimeSpan.FromSeconds(input));
        return context.CurrentUtcDateTime;
    }
}

/// <summary>Waits for "go", then for "early", which may have come first.</summary>
internal sealed class EventWorkflow : Workflow<string, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, string input)
    {
        var go = await context.WaitForExternalEventAsync<string>("go");
        var early = await context.WaitForExternalEventAsync<string>("EARLY");
        return $"{go} {early}";
    }
}

internal sealed class EventTimeoutWorkflow : Workflow<double, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, double input)
    {
        try
        {
            return await context.WaitForExternalEventAsync<string>("answer", TimeSpan.FromSeconds(input));
        }
        catch (TaskCanceledException)
        {
            return "nobody came";
        }
    }
}

/// <summary>Has a child of the name and id given; passes a "go" on to nobody, so the test raises the child's events.</summary>
internal sealed class ParentWorkflow : Workflow<string, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, string input)
    {
        var options = new ChildWorkflowTaskOptions(InstanceId: context.InstanceId + "-child");
        try
        {
            return "child: " + await context.CallChildWorkflowAsync<string>(input, "x", options);
        }
        catch (WorkflowTaskFailedException failure)
        {
            return "child failed: " + failure.FailureDetails.ErrorMessage;
        }
    }
}

/// <summary>Counts ticks to four, in a new execution each.</summary>
internal sealed class CountingWorkflow : Workflow<int, int>
{
    public override async Task<int> RunAsync(WorkflowContext context, int input)
    {
        if (input == 4)
            return input;
        await context.WaitForExternalEventAsync<string>("tick");
        context.ContinueAsNew(input + 1);
        return -1;
    }
}

internal sealed class EndlessLoopWorkflow : Workflow<int, int>
{
    public override Task<int> RunAsync(WorkflowContext context, int input)
    {
        context.ContinueAsNew(input + 1);
        return Task.FromResult(input);
    }
}

internal sealed class FanOutWorkflow : Workflow<string, int>
{
    public override async Task<int> RunAsync(WorkflowContext context, string input)
    {
        var steps = Enumerable.Range(1, 3).Select(number => context.CallActivityAsync<string>(nameof(StepActivity), $"step{number}"));
        return (await Task.WhenAll(steps)).Length;
    }
}

/// <summary>Sets a status and waits for "go".</summary>
internal sealed class StatusWorkflow : Workflow<string, string>
{
    public override async Task<string> RunAsync(WorkflowContext context, string input)
    {
        context.SetCustomStatus(new ProgressStatus("waiting", 1));
        var result = await context.WaitForExternalEventAsync<string>("go");
        context.SetCustomStatus(new ProgressStatus("done", 2));
        return result;
    }
}

internal sealed record ProgressStatus(string Step, int Number);

internal sealed class FailingWorkflow : Workflow<string, string>
{
    public override Task<string> RunAsync(WorkflowContext context, string input) => context.CallActivityAsync<string>("Refuse", input);
}

/// <summary>Raises "go" and "early" for the instance named by the input.</summary>
internal sealed class SendingWorkflow : Workflow<string, string>
{
    public override Task<string> RunAsync(WorkflowContext context, string input)
    {
        context.SendEvent(input, "go", "sent");
        context.SendEvent(input, "early", "along");
        return Task.FromResult("sent");
    }
}
