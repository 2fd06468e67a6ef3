using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

/// <summary>Input bindings of a real sidecar process, with cron as the source of events.</summary>
public sealed class InputBindingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, "", "/tick", true)]
    [InlineData(405, "", "/tick", true)]
    [InlineData(404, "", "/tick", false)]
    [InlineData(404, "direction: input", "/tick", true)]
    [InlineData(204, "route: /jobs/tick", "/jobs/tick", true)]
    [InlineData(200, "direction: output", "/tick", false)]
    public async Task Cron_AppServesItOrNot_IsDeliveredOrNot(int probe, string metadata, string route, bool delivered)
    {
        await using var app = new RecordingApp(call => call.Method == "OPTIONS" && call.Path == route ? probe : 200);
        await app.StartAsync();
        using var folder = new TempFolder();
        folder.Write("resources/cron.yaml", string.Join("\n---\n",
            ComponentYaml.Of("tick", "bindings.cron", ["schedule: @every 1s", .. metadata.Length > 0 ? [metadata] : Array.Empty<string>()]),
            ComponentYaml.Of("witness", "bindings.cron", "schedule: * * * * * *", "direction: input")));
        await using var sidecar = new SidecarProcess(folder.Path, "app", app.Port);
        await sidecar.StartAsync();

        await Eventually.HoldsAsync("the witness fires twice", () => app.PostsTo("/witness").Count >= 2);
        if (delivered)
            await Eventually.HoldsAsync("the event arrives", () => app.PostsTo(route).Count >= 1);

        Assert.Equal(delivered, app.PostsTo(route).Count > 0);
        Assert.Equal(metadata.StartsWith("direction", StringComparison.Ordinal), !app.Calls.Any(call => call.Method == "OPTIONS" && call.Path == route));
        var witnessed = app.PostsTo("/witness")[0];
        Assert.Equal(("", "application/json"), (witnessed.Body, witnessed.Headers["Content-Type"]));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000 UTC$", witnessed.Headers["readTimeUTC"]);
        Assert.NotEmpty(witnessed.Headers["timeZone"]);
    }

    [Fact]
    public async Task Cron_AppGoesAndComesBack_IsProbedAndServedAgain()
    {
        await using var app = new RecordingApp();
        using var folder = new TempFolder();
        folder.Write("resources/cron.yaml", ComponentYaml.Of("tick", "bindings.cron", "schedule: @every 1s"));
        await using var sidecar = new SidecarProcess(folder.Path, "app", app.Port);
        await sidecar.StartAsync();
        await app.StartAsync();
        await Eventually.HoldsAsync("the event arrives", () => app.PostsTo("/tick").Count >= 1);

        await app.StopAsync();
        await Eventually.HoldsAsync("the sidecar notices", () => sidecar.Output.Contains("no longer answers", StringComparison.Ordinal));
        app.Calls.Clear();
        await app.StartAsync();

        await Eventually.HoldsAsync("the event arrives again", () => app.PostsTo("/tick").Count >= 1);
        Assert.Equal("OPTIONS", app.Calls.First().Method);
    }

    [Theory]
    [InlineData("bindings.cron", "schedule: sometimes", "expected five or six cron fields")]
    [InlineData("bindings.cron", "direction: input", "'schedule' is required")]
    [InlineData("bindings.cron", "schedule: @hourly|direction: sideways", "expected input, output or both")]
    [InlineData("bindings.http", "url: ftp://host", "an http or https address")]
    [InlineData("bindings.http", "url: http://host|securityToken: x", "together with securityTokenHeader")]
    [InlineData("bindings.http", "url: http://host|maxResponseBodySize: many", "a size such as 100Mi")]
    [InlineData("bindings.localstorage", "rootPath: /proc/self", "a folder outside")]
    public async Task Start_WrongMetadata_EndsWithFileLineAndReason(string type, string metadata, string reason)
    {
        using var folder = new TempFolder();
        folder.Write("resources/binding.yaml", ComponentYaml.Of("binding", type, metadata.Split('|')));
        await using var sidecar = new SidecarProcess(folder.Path, "app");

        sidecar.Launch();
        await sidecar.WaitForExitAsync(Cancelled);

        Assert.NotEqual(0, sidecar.ExitCode);
        Assert.Matches(@"binding\.yaml:\d+: ", sidecar.Output);
        Assert.Contains(reason, sidecar.Output);
    }
}
