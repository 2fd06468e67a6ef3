namespace Argosy.Sidecar.Invocation;

/// <summary>Which headers cross from one transport to the other: those of the application, not those of the connection, nor those that are
/// the sidecar's own to set.</summary>
internal static class InvocationHeaders
{
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te", "trailer", "host", "content-length", "content-type", "expect", "date",
        "server", "user-agent", "dapr-api-token", "dapr-app-id", "dapr-caller-app-id", "dapr-caller-namespace", "dapr-callee-app-id",
    };

    /// <summary>Between an app and its sidecar, and of no concern to anybody else.</summary>
    public static IReadOnlyList<string> OfTheSidecar { get; } = ["dapr-api-token", "dapr-app-id", "dapr-caller-app-id", "dapr-caller-namespace", "dapr-callee-app-id"];

    public static bool PassToGrpc(string name) =>
        !Kept.Contains(name) && !name.StartsWith(':') && !name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("-bin", StringComparison.OrdinalIgnoreCase);

    public static bool PassToHttp(string name) => PassToGrpc(name);
}
