using System.Diagnostics;
using System.Text.Json;
using Argosy.Deployment.Tests.Manifests;
using Argosy.Testing;

namespace Argosy.Deployment.Tests.Images;

/// <summary>The images of all services, built once as <c>argosy publish --images</c> builds them, but upon an empty base image: registries are
/// not reachable everywhere. That the real base has what a service needs is not shown here.</summary>
public sealed class ImageTests(ImageTests.BuiltImages images) : IClassFixture<ImageTests.BuiltImages>
{
    public static TheoryData<string> Services => [.. Checkout.Tye.Services.Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Image_FitsItsDeployment(string service)
    {
        var image = images.Read(service);
        var pod = ManifestSet.Build("k8s/overlays/local").Workload(service).Pod;
        var container = Assert.Single(pod.Containers);

        Assert.Equal([container.Image], image.Names);
        Assert.Equal($"{pod.SecurityContext.RunAsUser}", image.Configuration.GetProperty("User").GetString());
        Assert.Equal([$"{Assert.Single(container.Ports).ContainerPort}/tcp"], image.Configuration.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name));
        Assert.Contains($"ASPNETCORE_HTTP_PORTS={container.Ports[0].ContainerPort}", Texts(image.Configuration.GetProperty("Env")));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Image_StartsItsService_AndSaysWhatItIs(string service)
    {
        var image = images.Read(service);
        var project = Path.GetFileNameWithoutExtension(Checkout.Tye.Services.First(found => found.Name == service).Project);

        Assert.Equal(["dotnet", $"/app/{project}.dll"], Texts(image.Configuration.GetProperty("Entrypoint")));
        Assert.Contains($"app/{project}.dll", image.Files);
        Assert.Contains($"app/{project}.runtimeconfig.json", image.Files);
        var labels = image.Configuration.GetProperty("Labels");
        Assert.Equal(project, labels.GetProperty("org.opencontainers.image.title").GetString());
        Assert.Equal("Apache-2.0", labels.GetProperty("org.opencontainers.image.licenses").GetString());
    }

    [Fact]
    public void GatewayImage_HoldsTheWebApp_WhereItLooksForIt()
    {
        var gateway = images.Read("gateway");

        Assert.Contains("app/web/index.html", gateway.Files);
        Assert.Contains(gateway.Files, file => file.StartsWith("app/web/assets/", StringComparison.Ordinal) && file.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains("Web__Root=/app/web", Texts(gateway.Configuration.GetProperty("Env")));
        Assert.DoesNotContain(images.Read("basket").Files, file => file.StartsWith("app/web/", StringComparison.Ordinal));
    }

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString());

    public sealed class BuiltImages : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        internal ImageArchive Read(string service) => ImageArchive.Read(_folder.File($"{service}.tar"));

        public async ValueTask InitializeAsync()
        {
            await using var registry = await BaseImageRegistry.StartAsync();
            var start = new ProcessStartInfo("dotnet", [Repository.Output("Argosy.Cli", "argosy.dll"), "publish", "--images", _folder.Path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // msbuild takes what a project does not set from the environment.
            start.Environment["ContainerBaseImage"] = registry.Image;
            // This registry speaks no TLS.
            start.Environment["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry.Image.Split('/')[0];
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"argosy publish --images ended with {process.ExitCode}:\n{await output}{await errors}");
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
