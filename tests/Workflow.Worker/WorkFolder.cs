namespace Argosy.Workflow.Worker;

/// <summary>Where activities note what they did and wait for gates, so that the tests can see and steer them across processes.</summary>
internal sealed class WorkFolder(string path)
{
    private static readonly Lock Writing = new();

    public void Note(string instanceId, string step)
    {
        lock (Writing)
            File.AppendAllText(Path.Combine(path, "steps.log"), $"{instanceId} {step}\n");
    }

    public int Count(string instanceId, string step)
    {
        lock (Writing)
            return File.ReadLines(Path.Combine(path, "steps.log")).Count(line => line == $"{instanceId} {step}");
    }

    public async Task PassGateAsync(string instanceId)
    {
        while (!File.Exists(Path.Combine(path, $"gate-{instanceId}")))
            await Task.Delay(20);
    }
}
