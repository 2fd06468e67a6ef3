using Argosy.Sidecar.Sqlite;
using Microsoft.Data.Sqlite;

namespace Argosy.Sidecar.Configuration;

/// <summary>Notices changes by any process: SQLite counts, for a connection, the commits that others make (<c>PRAGMA data_version</c>), which
/// is cheap to ask often. After a commit the values are compared with those seen last.</summary>
internal sealed partial class SqliteConfigurationWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly SqliteSession _session;
    private readonly Func<SqliteSession, IReadOnlyDictionary<string, ConfigurationItem>> _read;
    private readonly Func<IReadOnlyDictionary<string, ConfigurationItem>, Task> _changed;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watching;
    private IReadOnlyDictionary<string, ConfigurationItem> _last;
    private long _version;

    /// <param name="session">Of the watch alone; disposed with it.</param>
    public SqliteConfigurationWatch(
        SqliteSession session,
        Func<SqliteSession, IReadOnlyDictionary<string, ConfigurationItem>> read,
        Func<IReadOnlyDictionary<string, ConfigurationItem>, Task> changed,
        TimeProvider time,
        ILogger logger)
    {
        (_session, _read, _changed, _logger) = (session, read, changed, logger);
        _version = Version();
        _last = read(session);
        _watching = WatchAsync(new PeriodicTimer(Interval, time));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _stopping.Dispose();
        _session.Dispose();
    }

    private async Task WatchAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            try
            {
                while (await timer.WaitForNextTickAsync(_stopping.Token))
                {
                    if (Changes() is { Count: > 0 } changes)
                        await _changed(changes);
                }
            }
            catch (OperationCanceledException)
            {
                // The subscription has ended.
            }
        }
    }

    private Dictionary<string, ConfigurationItem> Changes()
    {
        try
        {
            // Asked before reading: a commit in between is seen again, never missed.
            var version = Version();
            if (version == _version)
                return [];
            var now = _read(_session);
            var changes = now.Where(item => !item.Value.Equals(_last.GetValueOrDefault(item.Key))).ToDictionary();
            foreach (var key in _last.Keys.Except(now.Keys))
                changes.Add(key, ConfigurationItem.Removed);
            (_version, _last) = (version, now);
            return changes;
        }
        catch (SqliteException failure)
        {
            LogReadFailed(failure);
            return [];
        }
    }

    private long Version() => (long)_session.Command("PRAGMA data_version").ExecuteScalar()!;

    [LoggerMessage(LogLevel.Warning, "Configuration could not be read; the next look tries again")]
    private partial void LogReadFailed(Exception failure);
}
