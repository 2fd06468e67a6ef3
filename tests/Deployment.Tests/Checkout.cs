using Argosy.Cli;
using Argosy.Cli.Tye;
using Argosy.Testing;

namespace Argosy.Deployment.Tests;

/// <summary>What of the checkout the manifests must agree with.</summary>
internal static class Checkout
{
    public const string Base = "k8s/base";

    public static Installation Installation { get; } = new(Repository.Root, isPublished: false);

    public static TyeFile Tye { get; } = TyeFileReader.Require(Installation);

    /// <summary>The overlays: what is really applied to a cluster.</summary>
    public static IReadOnlyList<string> Overlays { get; } =
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "k8s", "overlays")).Select(folder => $"k8s/overlays/{Path.GetFileName(folder)}").Order(StringComparer.Ordinal)];

    /// <summary>The services that an overlay must run; the simulator takes the payment gateway's place only on a laptop.</summary>
    public static IEnumerable<string> ServicesOf(string overlay) =>
        Tye.Services.Select(service => service.Name).Where(service => service != "paymentsimulator" || overlay.EndsWith("/local", StringComparison.Ordinal));
}
