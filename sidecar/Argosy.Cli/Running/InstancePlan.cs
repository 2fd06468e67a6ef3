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

    /// <param name="gatewayPort">Overrides the gateway's port; 0 is any free one.</param>
    public static InstancePlan Make(TyeFile tye, Installation installation, DataFolder folder, string componentsFolder, int? gatewayPort)
    {
        var ports = new LocalPorts();
        var apps = new List<TopologyApp>();
        var services = new List<ProcessSpec>();
        Uri? url = null;
        foreach (var service in tye.Services)
        {
            var app = new TopologyApp(service.Name, [.. Enumerable.Range(0, service.Replicas).Select(_ => Ports(service, ports, gatewayPort))])
            {
                ResourcesPaths = [componentsFolder],
                ConfigPaths = tye.Dapr.Config is { } config ? [config] : [],
                ApiToken = LocalSecrets.Token(),
                AppToken = LocalSecrets.Token(),
            };
            apps.Add(app);
            services.AddRange(app.Replicas.Select((replica, index) => Service(service, app, replica, index + 1, installation, folder)));
            if (service.Name == Gateway)
                url = new Uri($"http://localhost:{app.Replicas[0].AppPort}");
        }
        if (url is null)
            throw new CliException($"{tye.Path}: no service is named '{Gateway}', so nothing would answer; add it");
        return new InstancePlan(new Topology(apps), [SidecarProcess(apps, installation, folder), .. services], url);
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

    private static ProcessSpec Service(TyeService service, TopologyApp app, TopologyReplica replica, int number, Installation installation, DataFolder folder)
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
        if (service.Name == Gateway)
            environment["Web__Root"] = installation.WebDist;
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
