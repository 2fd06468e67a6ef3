using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Cli.Running;

namespace Argosy.Cli.Deploying;

/// <summary>The secrets of a cluster that holds its own data (<c>k8s/overlays/local</c>): the local instance's, with PostgreSQL in the place
/// of SQLite, and what the cluster's servers and sidecars need besides. Made at random once, and kept in a file, so that they can be applied
/// again.</summary>
internal static class ClusterSecrets
{
    private const string Sqlite = "sqlite:";

    /// <param name="path">Where the values are kept, readable to their owner only.</param>
    /// <param name="services">Each gets a token that its sidecar shows.</param>
    public static IReadOnlyList<ClusterSecret> Make(string path, IEnumerable<string> services)
    {
        var appTokens = services.Select(service => $"{service}-app-token").ToList();
        LocalSecrets.Ensure(path);
        var values = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        foreach (var name in appTokens.Concat(["dapr-api-token", "postgres-password", "redis-password", "smtp-password"]))
            values[name] ??= LocalSecrets.Token();
        values["smtp-user"] ??= "argosy";
        PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(values, CliJson.Default.JsonObject));
        var password = (string)values["postgres-password"]!;
        // Dapr's sidecar injector looks for tokens under the key 'token'; a service looks for a secret under its own name.
        return [.. values.Select(value => new ClusterSecret(
            value.Key,
            value.Key == "dapr-api-token" || appTokens.Contains(value.Key) ? "token" : value.Key,
            InCluster((string)value.Value!, password)))];
    }

    /// <summary>Writes them as one manifest that <c>kubectl apply -f -</c> takes.</summary>
    public static void Write(IReadOnlyList<ClusterSecret> secrets, string @namespace, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "List");
        json.WriteStartArray("items");
        foreach (var secret in secrets)
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "Secret");
            json.WriteString("type", "Opaque");
            json.WriteStartObject("metadata");
            json.WriteString("name", secret.Name);
            json.WriteString("namespace", @namespace);
            json.WriteEndObject();
            json.WriteStartObject("stringData");
            json.WriteString(secret.Key, secret.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string InCluster(string value, string password) =>
        value.StartsWith(Sqlite, StringComparison.Ordinal) ? $"postgres://argosy:{password}@postgres/{Path.GetFileNameWithoutExtension(value[Sqlite.Length..])}" : value;
}

/// <summary>A Kubernetes Secret with one key.</summary>
internal sealed record ClusterSecret(string Name, string Key, string Value);
