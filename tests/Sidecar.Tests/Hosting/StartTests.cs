using System.Net;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Hosting;

/// <summary>How the process starts, or refuses to.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_SeveralMistakes_EndsWithAllOfThemByFileAndLine()
    {
        _folder.Write("resources/a.yaml", "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec:\n  type: state.sqlit\n");
        _folder.Write("resources/b.yaml", "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: { name: b }\nspec:\n  type: secretstores.local.file\n");
        _folder.Write("resources/c.yaml", "kind: [\n");
        await using var sidecar = new SidecarProcess(_folder.Path);

        sidecar.Launch();
        await sidecar.WaitForExitAsync(Now);

        Assert.Equal(1, sidecar.ExitCode);
        Assert.Contains("a.yaml:5: component 'a': unknown type 'state.sqlit'; did you mean 'state.sqlite'?", sidecar.Output);
        Assert.Contains("b.yaml:5: component 'b': metadata 'secretsFile' is required by secretstores.local.file", sidecar.Output);
        Assert.Contains("c.yaml:2: not valid YAML", sidecar.Output);
        Assert.DoesNotContain("   at ", sidecar.Output);
    }

    [Fact]
    public async Task Start_ComponentThatCannotStart_EndsUnlessItSaysIgnoreErrors()
    {
        const string Yaml = "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: { name: s }\nspec:\n  type: secretstores.local.file\n  metadata:\n    - name: secretsFile\n      value: absent.json\n";
        _folder.Write("resources/s.yaml", Yaml);
        await using var strict = new SidecarProcess(_folder.Path);
        strict.Launch();
        await strict.WaitForExitAsync(Now);
        Assert.Equal(1, strict.ExitCode);
        Assert.Contains("s.yaml:7: component 's': metadata 'secretsFile' is 'absent.json', expected a readable file", strict.Output);

        _folder.Write("resources/s.yaml", Yaml + "  ignoreErrors: true\n");
        await using var lenient = new SidecarProcess(_folder.Path);
        await lenient.StartAsync();
        Assert.Contains("left out", lenient.Output);
    }

    [Fact]
    public async Task Start_HttpEndpointsThatCannotBeUsed_EndsWithEachByFileAndLine()
    {
        const string Head = "apiVersion: dapr.io/v1alpha1\nkind: HTTPEndpoint\nmetadata: { name: psp }\nspec:\n  baseUrl: https://psp.example\n";
        _folder.Write("resources/a.yaml", Head + "  clientTLS:\n    rootCA:\n      value: no certificate\n");
        _folder.Write("resources/b.yaml", Head.Replace("psp }", "b }", StringComparison.Ordinal) + "  headers:\n  - name: Authorization\n    value: \"s3cret\\n\"\n");
        _folder.Write("resources/c.yaml", Head.Replace("psp }", "c }", StringComparison.Ordinal) + "  headers:\n  - name: X Y\n    value: z\n");
        await using var sidecar = new SidecarProcess(_folder.Path);

        sidecar.Launch();
        await sidecar.WaitForExitAsync(Now);

        Assert.Equal(1, sidecar.ExitCode);
        Assert.Contains("a.yaml:8: HTTPEndpoint 'psp': 'rootCA' holds no certificate in PEM", sidecar.Output);
        Assert.Contains("b.yaml:7: HTTPEndpoint 'b': the value of header 'Authorization' has a line break", sidecar.Output);
        Assert.Contains("c.yaml:7: HTTPEndpoint 'c': 'X Y' is no name of a header", sidecar.Output);
        Assert.DoesNotContain("s3cret", sidecar.Output);
    }

    [Fact]
    public async Task Start_FlagsAsDaprdHasThem_AreTaken()
    {
        await using var sidecar = new SidecarProcess(_folder.Path, extraArguments: "-log-level debug --placement-host-address=localhost:50005 --enable-metrics=false --app-max-concurrency 4");

        await sidecar.StartAsync();

        await Eventually.HoldsAsync("the line that daprd's tools wait for", () => sidecar.Output.Contains("dapr initialized. Status: Running. Init Elapsed ", StringComparison.Ordinal));
        Assert.Contains("Flag --placement-host-address is accepted but has no effect", sidecar.Output);
        Assert.DoesNotContain("Flag --app-max-concurrency", sidecar.Output);
    }

    [Theory]
    [InlineData("--no-such-flag x", "--no-such-flag")]
    [InlineData("--app-port many", "many")]
    [InlineData("--app-protocol ftp", "ftp")]
    [InlineData("--log-level loud", "loud")]
    [InlineData("--max-body-size big", "big")]
    [InlineData("--topology absent.json", "absent.json")]
    public async Task Start_FlagThatMakesNoSense_IsRefusedByName(string arguments, string named)
    {
        await using var sidecar = new SidecarProcess(_folder.Path, extraArguments: arguments);

        sidecar.Launch();
        await sidecar.WaitForExitAsync(Now);

        Assert.Equal(1, sidecar.ExitCode);
        Assert.Contains(named, sidecar.Output);
        Assert.DoesNotContain("   at ", sidecar.Output);
    }

    [Fact]
    public async Task Start_PortTaken_EndsWithTheReason()
    {
        await using var first = new SidecarProcess(_folder.Path);
        await first.StartAsync();
        await using var second = new SidecarProcess(_folder.Path, extraArguments: $"--topology same.json");
        _folder.Write("same.json", $$"""{ "apps": [ { "appId": "x", "replicas": [ { "httpPort": {{first.HttpPort}}, "grpcPort": {{second.GrpcPort}}, "appPort": 0 } ] } ] }""");

        second.Launch();
        await second.WaitForExitAsync(Now);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("address already in use", second.Output);
    }

    [Fact]
    public async Task Start_LogAsJson_WritesOneObjectPerLine()
    {
        await using var sidecar = new SidecarProcess(_folder.Path, extraArguments: "--log-as-json");

        await sidecar.StartAsync();
        await Eventually.HoldsAsync("the readiness line", () => sidecar.Output.Contains("dapr initialized", StringComparison.Ordinal));

        foreach (var line in sidecar.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Assert.StartsWith("{\"@t\":", line);
    }

    [Fact]
    public async Task Health_AppNotYetUp_OutboundIsReadyBeforeTheWhole()
    {
        await using var app = new Invocation.TestApp(_ => Task.CompletedTask);
        await using var sidecar = new SidecarProcess(_folder.Path, "late", app.Port);
        await sidecar.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(sidecar.HttpEndpoint) };

        using var notYet = await http.GetAsync(new Uri("/v1.0/healthz", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.InternalServerError, notYet.StatusCode);
        Assert.Contains("ERR_HEALTH_NOT_READY", await notYet.Content.ReadAsStringAsync(Now));
        await app.StartAsync();

        await Eventually.HoldsAsync("healthy once the app listens", async () => (await http.GetAsync(new Uri("/v1.0/healthz?appid=late", UriKind.Relative), Now)).StatusCode == HttpStatusCode.NoContent);
        using var other = await http.GetAsync(new Uri("/v1.0/healthz?appid=other", UriKind.Relative), Now);
        Assert.Contains("ERR_HEALTH_APPID_NOT_MATCH", await other.Content.ReadAsStringAsync(Now));
    }
}
