using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Argosy.Conformance.JsSdk;

/// <summary>The official JavaScript SDK against the sidecar. The cases are in the <c>*.test.mjs</c> files beside this one; each file
/// gets a sidecar of its own and runs under Node's test runner.</summary>
public sealed class JsSdkTests(JsPackages packages, ITestOutputHelper output) : IClassFixture<JsPackages>
{
    [Theory]
    [InlineData("client.test.mjs")]
    [InlineData("server.test.mjs")]
    [InlineData("workflow.test.mjs")]
    public async Task JsSdk_EveryCaseOfTheFile_Passes(string file)
    {
        await using var sidecar = new ConformanceSidecar();
        await sidecar.StartAsync();
        await using var operatorDesk = await OperatorDeskAsync(sidecar);

        var (exitCode, report) = await NodeProcess.RunAsync(packages.Folder, $"--test --test-force-exit --test-reporter=tap {file}", new()
        {
            ["DAPR_HTTP_PORT"] = $"{sidecar.Process.HttpPort}",
            ["DAPR_GRPC_PORT"] = $"{sidecar.Process.GrpcPort}",
            ["APP_PORT"] = $"{sidecar.AppPort}",
            ["APP_ID"] = ConformanceSidecar.AppId,
            ["OPERATOR_URL"] = operatorDesk.Urls.First(),
        });

        output.WriteLine(report);
        Assert.True(exitCode == 0, $"{report}\n--- sidecar ---\n{sidecar.Process.Output}");
        Assert.Matches(@"# pass [1-9]", report);
    }

    /// <summary>Lets the script change a configuration value, as an operator would beside the sidecar.</summary>
    private static async Task<WebApplication> OperatorDeskAsync(ConformanceSidecar sidecar)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        var app = builder.Build();
        app.MapPost("/", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            await sidecar.SetConfigurationAsync("flag", await reader.ReadToEndAsync());
        });
        await app.StartAsync();
        return app;
    }
}
