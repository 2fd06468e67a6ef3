using System.Diagnostics;
using System.Text.Json;
using Argosy.Testing;

namespace Argosy.Deployment.Tests.Images;

/// <summary>Which base image the SDK chooses; it is fetched nowhere in these tests.</summary>
public sealed class BaseImageTests
{
    [Theory]
    [InlineData("Gateway")]
    [InlineData("Payment")]
    public async Task BaseImage_HasNoShellAndNoPackageManager(string service)
    {
        var project = Path.Combine(Repository.Root, "services", service, $"Argosy.{service}.csproj");
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", "-t:ComputeContainerBaseImage", "-getProperty:ContainerBaseImage,ContainerFamily"]) { RedirectStandardOutput = true };
        start.Environment.Remove("ContainerBaseImage");
        using var process = Process.Start(start)!;
        using var answer = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var image = answer.RootElement.GetProperty("Properties").GetProperty("ContainerBaseImage").GetString();
        Assert.EndsWith("/dotnet/aspnet:10.0-noble-chiseled", image, StringComparison.Ordinal);
    }
}
