using System.Text.RegularExpressions;
using Argosy.Cli.Deploying;
using Argosy.Deployment.Tests.Manifests;
using Argosy.Testing;
using k8s;
using k8s.Models;

namespace Argosy.Deployment.Tests;

/// <summary>The secrets that <c>argosy k8s secrets</c> makes, and who reads them.</summary>
public sealed partial class SecretTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Services => [.. Checkout.Tye.Services.Select(service => service.Name)];

    public void Dispose() => _folder.Dispose();

    // A service waits for ever for a secret that its sidecar may not read.
    [Theory]
    [MemberData(nameof(Services))]
    public void Secrets_ThatAServicesCodeNames_MayBeReadByIt(string service)
    {
        var manifests = ManifestSet.Build("k8s/overlays/local");
        var project = Checkout.Tye.Services.First(found => found.Name == service).Project;
        // Tokens are given to a service, not read by it.
        var secrets = Make().Where(secret => secret.Key != "token").Select(secret => secret.Name).ToHashSet();

        var named = Directory.EnumerateFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Where(secrets.Contains).Distinct();

        Assert.Empty(named.Except(manifests.Find<V1Role>($"{service}-secrets")?.Rules.SelectMany(rule => rule.ResourceNames) ?? []));
    }

    [Fact]
    public void Manifest_IsOneThatTheClusterTakes_WithASecretOfOneKeyEach()
    {
        using var output = new MemoryStream();
        ClusterSecrets.Write(Make(), "argosy", output);

        var list = KubernetesJson.Deserialize<V1SecretList>(new MemoryStream(output.ToArray()));

        Assert.All(list.Items, secret => Assert.Single(secret.StringData));
        Assert.All(list.Items, secret => Assert.Equal("argosy", secret.Metadata.NamespaceProperty));
        Assert.All(list.Items, secret => Assert.Matches("^[a-z0-9-]+$", secret.Metadata.Name));
        Assert.Equal(list.Items.Count, list.Items.Select(secret => secret.Metadata.Name).Distinct().Count());
    }

    [Fact]
    public void Make_ForACluster_PointsServicesToItsPostgres()
    {
        var secrets = Make().ToDictionary(secret => secret.Name);

        Assert.Equal($"postgres://argosy:{secrets["postgres-password"].Value}@postgres/ordering", secrets["ordering-db"].Value);
        Assert.DoesNotContain(secrets.Values, secret => secret.Value.StartsWith("sqlite:", StringComparison.Ordinal));
        Assert.Equal("token", secrets["catalog-app-token"].Key);
        Assert.Equal("operator-key", secrets["operator-key"].Key);
    }

    [Fact]
    public void Databases_OfTheClustersPostgres_AreThoseThatSecretsName()
    {
        var made = Make().Where(secret => secret.Name.EndsWith("-db", StringComparison.Ordinal)).Select(secret => new Uri(secret.Value).AbsolutePath[1..]);
        var script = File.ReadAllText(Path.Combine(Repository.Root, "k8s", "data", "postgres", "databases.sql"));

        Assert.Equal(made.Order(StringComparer.Ordinal), Database().Matches(script).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Make_Again_GivesTheSameInAFileOfItsOwnerOnly()
    {
        var first = Make();

        Assert.Equal(first, Make());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("secrets.json")));
    }

    private IReadOnlyList<ClusterSecret> Make() => ClusterSecrets.Make(_folder.File("secrets.json"), Checkout.Tye.Services.Select(service => service.Name));

    [GeneratedRegex("\"([a-z][a-z0-9-]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("CREATE DATABASE ([a-z]+);")]
    private static partial Regex Database();
}
