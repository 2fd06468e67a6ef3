namespace Argosy.Cli.Tye;

/// <summary>The local topology as <c>tye.yaml</c> describes it. Paths are absolute.</summary>
internal sealed record TyeFile(string Path, string Name, TyeDapr Dapr, IReadOnlyList<TyeService> Services);

/// <summary>The <c>dapr</c> extension: which resources and configuration the sidecars get.</summary>
/// <param name="ComponentsPath">The default profile's folder; its siblings are the other profiles.</param>
/// <param name="Config">The Dapr configuration file, or null.</param>
internal sealed record TyeDapr(string ComponentsPath, string? Config);

/// <summary>One service and how many processes of it run.</summary>
/// <param name="Project">The project file.</param>
internal sealed record TyeService(string Name, string Project, int Replicas, IReadOnlyList<TyeBinding> Bindings)
{
    /// <summary>Further environment variables of the process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The port the file pins, or null for a free one.</summary>
    public int? PinnedPort => Bindings.FirstOrDefault(binding => binding.Port is not null)?.Port;
}

/// <summary>A port of a service.</summary>
internal sealed record TyeBinding(string Protocol, int? Port);
