using System.CommandLine;
using Argosy.Cli.Deploying;
using Argosy.Cli.Running;
using Argosy.Cli.Tye;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy k8s secrets</c>: what a cluster needs and no manifest may hold.</summary>
internal static class ClusterCommand
{
    public static Command Create(Installation installation)
    {
        var data = new DataOption(installation);
        var @namespace = new Option<string>("--namespace") { Description = "Namespace of the secrets", HelpName = "N", DefaultValueFactory = _ => "argosy" };
        var secrets = new Command("secrets", "Print a cluster's secrets as a manifest, for 'kubectl apply -f -'; made at the first run, kept in the data folder") { data, @namespace };
        secrets.SetAction(result => Print(installation, data.Folder(result), result.GetRequiredValue(@namespace)));
        return new Command("k8s", "Help with a Kubernetes cluster; docs/deploying.md has the steps") { secrets };
    }

    private static int Print(Installation installation, DataFolder folder, string @namespace)
    {
        folder.Create();
        var services = TyeFileReader.Require(installation).Services.Select(service => service.Name);
        using var output = Console.OpenStandardOutput();
        ClusterSecrets.Write(ClusterSecrets.Make(folder.ClusterSecretsFile, services), @namespace, output);
        return 0;
    }
}
