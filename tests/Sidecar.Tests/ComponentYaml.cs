namespace Argosy.Sidecar.Tests;

/// <summary>Component documents for tests.</summary>
public static class ComponentYaml
{
    /// <param name="metadata">Each <c>name: value</c>.</param>
    public static string Of(string name, string type, params string[] metadata) => $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
        spec:
          type: {type}
          version: v1
          metadata: [{string.Join(", ", metadata.Select(item => item.Split(": ", 2)).Select(item => $"{{ name: {item[0]}, value: \"{item[1]}\" }}"))}]
        """;
}
