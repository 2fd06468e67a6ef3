using Argosy.Testing;
using Microsoft.Data.Sqlite;

namespace Argosy.Conformance;

/// <summary>A sidecar process with the suite's components, in a folder of its own.</summary>
public sealed class ConformanceSidecar : IAsyncDisposable
{
    public const string AppId = "conformance";

    private readonly TempFolder _folder = new();

    public ConformanceSidecar()
    {
        _folder.Write("resources/components.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Resources", "components.yaml")));
        _folder.Write("resources/harbour.yaml", $"""
            apiVersion: dapr.io/v1alpha1
            kind: HTTPEndpoint
            metadata:
              name: harbour
            spec:
              baseUrl: http://127.0.0.1:{AppPort}
              headers:
              - name: X-Greeting
                secretKeyRef:
                  name: greeting
            auth:
              secretStore: secretstore
            """);
        _folder.Write("secrets.json", """{ "greeting": "ahoy", "farewell": "fair winds" }""");
        Directory.CreateDirectory(_folder.File("files"));
        Process = new SidecarProcess(_folder.Path, AppId, AppPort);
    }

    public int AppPort { get; } = FreePort.Next();

    public SidecarProcess Process { get; }

    public async Task StartAsync()
    {
        await Process.StartAsync();
        await SetConfigurationAsync("flag", "off");
    }

    /// <summary>Changes a configuration value as an operator would, in the store beside the sidecar.</summary>
    public async Task SetConfigurationAsync(string key, string value)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("configuration.db")};Pooling=False;Default Timeout=20");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO configuration (key, value, version) VALUES ($key, $value, '1')
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = CAST(CAST(version AS INTEGER) + 1 AS TEXT)
            """;
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$value", value);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }
}
