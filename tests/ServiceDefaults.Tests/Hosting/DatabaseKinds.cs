using Argosy.Testing;

namespace Argosy.ServiceDefaults.Tests.Hosting;

/// <summary>An empty database to test on.</summary>
public interface IDatabaseKind
{
    /// <summary>Why there is none here; null where there is.</summary>
    string? Missing { get; }

    string Create();
}

/// <summary>SQLite files in a folder of the test class's own.</summary>
public sealed class SqliteKind : IDatabaseKind, IDisposable
{
    private readonly TempFolder _folder = new();
    private int _count;

    public string? Missing => null;

    public string Create() => $"sqlite:{_folder.File($"test{Interlocked.Increment(ref _count)}.db")}";

    public void Dispose() => _folder.Dispose();
}

/// <summary>A real PostgreSQL server, where one is installed.</summary>
public sealed class PostgresKind : IDatabaseKind, IAsyncLifetime
{
    private PostgresServer? _server;

    public string? Missing => PostgresServer.Missing;

    public string Create() => _server!.CreateDatabase();

    public async ValueTask InitializeAsync()
    {
        if (Missing is null)
            _server = await PostgresServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
