using Dapr.Workflow;

namespace Argosy.Workflow.Worker;

internal sealed class StepActivity(WorkFolder folder) : WorkflowActivity<string, string>
{
    public override Task<string> RunAsync(WorkflowActivityContext context, string input)
    {
        folder.Note(context.InstanceId, input);
        return Task.FromResult(input.ToUpperInvariant());
    }
}

/// <summary>Does not end before the test opens the gate of the instance.</summary>
internal sealed class GateActivity(WorkFolder folder) : WorkflowActivity<string, string>
{
    public override async Task<string> RunAsync(WorkflowActivityContext context, string input)
    {
        folder.Note(context.InstanceId, input);
        await folder.PassGateAsync(context.InstanceId);
        return input.ToUpperInvariant();
    }
}

/// <summary>Fails until it has been called as often as the input says.</summary>
internal sealed class FlakyActivity(WorkFolder folder) : WorkflowActivity<int, string>
{
    public override Task<string> RunAsync(WorkflowActivityContext context, int input)
    {
        folder.Note(context.InstanceId, "try");
        var attempt = folder.Count(context.InstanceId, "try");
        return attempt < input ? throw new InvalidOperationException($"attempt {attempt} fails") : Task.FromResult("held on");
    }
}
