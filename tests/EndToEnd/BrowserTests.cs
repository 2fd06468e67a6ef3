using System.Diagnostics;
using Argosy.Testing;
using Xunit;

namespace Argosy.EndToEnd;

/// <summary>The web app in Chromium. The cases are in <c>web/e2e</c>; their screenshots stay under <c>.argosy/browser</c>.</summary>
[Collection(OneStoreForAll.Name)]
public sealed class BrowserTests(SharedStore shared, ITestOutputHelper output)
{
    [Fact]
    public async Task WebApp_InChromium_EveryCasePasses()
    {
        var screenshots = Path.Combine(Repository.Root, ".argosy", "browser");
        var start = new ProcessStartInfo("npx", "playwright test")
        {
            WorkingDirectory = Path.Combine(Repository.Root, "web"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ARGOSY_URL"] = shared.Store.Url.ToString(), ["ARGOSY_BROWSER_OUTPUT"] = screenshots, ["CI"] = "true" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var report = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.WriteLine(report);
        Assert.True(process.ExitCode == 0, $"{report}\n{shared.Store.TailOfLogs()}");
        Assert.True(File.Exists(Path.Combine(screenshots, "desktop-5-order.png")), "the last step's screenshot is missing");
        Assert.True(File.Exists(Path.Combine(screenshots, "phone-5-order.png")), "the last step's screenshot is missing");
    }
}
