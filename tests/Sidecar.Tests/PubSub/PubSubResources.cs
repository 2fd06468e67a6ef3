using Argosy.Testing;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>Component files for the tests of this folder.</summary>
internal static class PubSubResources
{
    public static void Write(TempFolder folder, string component) => folder.Write("resources/pubsub.yaml", component);

    public static string Sqlite(params IReadOnlyList<(string Name, string Value)> metadata) =>
        Component("pubsub.sqlite", [("connectionString", "pubsub.db"), .. metadata]);

    public static string InMemory(params IReadOnlyList<(string Name, string Value)> metadata) => Component("pubsub.in-memory", metadata);

    private static string Component(string type, IReadOnlyList<(string Name, string Value)> metadata) =>
        $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: pubsub
        spec:
          type: {type}
          version: v1
          metadata:
        {string.Join('\n', metadata.Select(item => $"  - name: {item.Name}\n    value: \"{item.Value}\""))}
        """;
}
