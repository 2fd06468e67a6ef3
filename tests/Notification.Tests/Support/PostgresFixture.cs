using Argosy.Testing;

namespace Argosy.Notification.Tests.Support;

/// <summary>One server for a class of tests; each test has a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Missing is null)
            _server = await PostgresServer.StartAsync();
    }

    /// <summary>The address of an empty database; skips the test where there is no PostgreSQL.</summary>
    public string CreateDatabase()
    {
        if (_server is null)
            Assert.Skip(PostgresServer.Missing!);
        return _server.CreateDatabase();
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
