namespace Argosy.Sidecar.Invocation;

/// <summary>What a sidecar adds to the forwarding headers about the machine it runs on.</summary>
internal static class HostIdentity
{
    /// <summary>Apps and sidecars of one process talk over the loopback address only.</summary>
    public const string Address = "127.0.0.1";

    public static string Name { get; } = Environment.MachineName;

    public static string Forwarded { get; } = $"for={Address};by={Address};host={Name}";
}
