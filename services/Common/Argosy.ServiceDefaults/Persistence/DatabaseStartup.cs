using System.Data.Common;
using Argosy.ServiceDefaults.Sidecar;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Persistence;

/// <summary>Before the service takes traffic: fetches the connection string, waits for the database and brings its schema up to date.</summary>
internal sealed partial class DatabaseStartup<TContext>(IServiceDatabase<TContext> database, DatabaseSecret<TContext> secret, ISecrets secrets, TimeProvider time, ILogger<DatabaseStartup<TContext>> logger) : IHostedService
    where TContext : ArgosyDbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        database.Connect(DatabaseAddress.Parse(await secrets.GetAsync(secret.Name, cancellationToken)));
        for (var backoff = new Backoff(); ; await backoff.WaitAsync(time, cancellationToken))
        {
            try
            {
                await using var context = database.CreateContext();
                await Migration.RunAsync(context, database.Address!, cancellationToken);
                return;
            }
            catch (DbException failure) when (failure.IsTransient)
            {
                LogUnreachable(logger, failure.Message);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "The database is not ready yet: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}

/// <summary>The name of the secret with the connection string of <typeparamref name="TContext"/>.</summary>
internal sealed record DatabaseSecret<TContext>(string Name) where TContext : ArgosyDbContext;
