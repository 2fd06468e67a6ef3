using Argosy.Cli.Tye;
using Argosy.Sidecar.Hosting;

namespace Argosy.Cli.Running;

/// <summary>Everything one run needs: the sidecars' topology, and how each process is started. Ports and tokens are decided here, anew
/// for every run.</summary>
internal sealed record InstancePlan(Topology Topology, IReadOnlyList<ProcessSpec> Processes, Uri Url)
{
    /// <summary>The name of the process that holds all sidecars.</summary>
    public const string Sidecar = "sidecar";

    private const string Gateway = "gateway";
    private const string Notification = "notification";

    /// <param name="gatewayPort">Overrides the gateway's port; 0 is any free one.</param>
    public static InstancePlan Make(TyeFile tye, Installation installation, DataFolder folder, string componentsFolder, int? gatewayPort)
    {
        var ports = new LocalPorts();
        var apps = tye.Services.Select(service => App(service, tye, ports, componentsFolder, gatewayPort)).ToList();
        if (apps.Find(app => app.AppId == Gateway) is not { } gateway)
            throw new CliException($"{tye.Path}: no service is named '{Gateway}', so nothing would answer; add it");
        var url = new Uri($"http://localhost:{gateway.Replicas[0].AppPort}");
        var services = tye.Services.Zip(apps).SelectMany(pair => pair.Second.Replicas.Select((replica, index) =>
            Service(pair.First, pair.Second, replica, index + 1, installation, folder, ToEachOther(pair.First.Name, apps, url, installation))));
        return new InstancePlan(new Topology(apps), [SidecarProcess(apps, installation, folder), .. services], url);
    }

    private static TopologyApp App(TyeService service, TyeFile tye, LocalPorts ports, string componentsFolder, int? gatewayPort) =>
        new(service.Name, [.. Enumerable.Range(0, service.Replicas).Select(_ => Ports(service, ports, gatewayPort))])
        {
            ResourcesPaths = [componentsFolder],
            ConfigPaths = tye.Dapr.Config is { } config ? [config] : [],
            ApiToken = LocalSecrets.Token(),
            AppToken = LocalSecrets.Token(),
        };

    /// <summary>What single services are told of the run: where the web app lies, and what does not go through a sidecar.</summary>
    private static IEnumerable<(string Name, string Value)> ToEachOther(string service, List<TopologyApp> apps, Uri url, Installation installation)
    {
        if (service == Notification)
            yield return ("PublicUrl", url.GetLeftPart(UriPartial.Authority));
        if (service != Gateway)
            yield break;
        yield return ("Web__Root", installation.WebDist);
        // Live news: Dapr's invocation carries no WebSockets. Any replica tells the news of all.
        if (apps.Find(app => app.AppId == Notification) is { } notification)
        {
            yield return ("Hubs__Address", $"http://127.0.0.1:{notification.Replicas[0].AppPort}");
            yield return ("Hubs__AppToken", notification.AppToken!);
        }
    }

    private static TopologyReplica Ports(TyeService service, LocalPorts ports, int? gatewayPort)
    {
        var pinned = service.Name == Gateway && gatewayPort is not null ? gatewayPort : service.PinnedPort;
        if (pinned is > 0 && !LocalPorts.IsFree(pinned.Value))
            throw new CliException($"port {pinned} of '{service.Name}' is taken by another program: end that, or choose another port with --port (0 = any free one)");
        var appPort = pinned is > 0 ? pinned.Value : ports.Next();
        return new TopologyReplica(ports.Next(), ports.Next(), appPort);
    }

    private static ProcessSpec SidecarProcess(List<TopologyApp> apps, Installation installation, DataFolder folder)
    {
        var (file, arguments) = installation.Program(installation.SidecarProject);
        var replicas = apps.SelectMany(app => app.Replicas).ToList();
        return new ProcessSpec(
            Sidecar,
            1,
            file,
            [.. arguments, "--topology", folder.TopologyFile],
            folder.Data,
            new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" },
            [.. replicas.SelectMany(replica => new[] { replica.HttpPort, replica.GrpcPort })],
            new Uri($"http://127.0.0.1:{replicas[0].HttpPort}/v1.0/healthz/outbound"));
    }

    private static ProcessSpec Service(
        TyeService service, TopologyApp app, TopologyReplica replica, int number, Installation installation, DataFolder folder, IEnumerable<(string Name, string Value)> more)
    {
        var (file, arguments) = installation.Program(service.Project);
        var environment = new Dictionary<string, string>(service.Environment)
        {
            ["APP_ID"] = app.AppId,
            ["APP_PORT"] = $"{replica.AppPort}",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{replica.AppPort}",
            ["DAPR_HTTP_PORT"] = $"{replica.HttpPort}",
            ["DAPR_GRPC_PORT"] = $"{replica.GrpcPort}",
            ["DAPR_API_TOKEN"] = app.ApiToken!,
            ["APP_API_TOKEN"] = app.AppToken!,
            ["DOTNET_gcServer"] = "0",
            // The working directory holds the databases: every write to them would wake the watcher of the settings files.
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
        };
        // What tye.yaml itself says comes first.
        foreach (var (name, value) in more)
            environment.TryAdd(name, value);
        return new ProcessSpec(
            service.Name,
            number,
            file,
            arguments,
            folder.Data,
            environment,
            [replica.AppPort, replica.HttpPort, replica.GrpcPort],
            new Uri($"http://127.0.0.1:{replica.AppPort}/health/ready"));
    }
}
