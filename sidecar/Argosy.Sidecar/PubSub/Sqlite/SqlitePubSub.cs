using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.PubSub.Sqlite;

/// <summary><c>pubsub.sqlite</c>: a durable, at-least-once bus in a file, for any number of apps and processes on one machine. A group that
/// subscribes for the first time gets everything still kept.</summary>
internal sealed partial class SqlitePubSub(SqlitePubSubOptions options, TimeProvider clock, ILogger<SqlitePubSub> log)
    : IPubSub, IInitialisedComponent, IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    public static ComponentType Type { get; } = new("pubsub.sqlite", SqlitePubSubOptions.Fields, context => new SqlitePubSub(
        SqlitePubSubOptions.Read(context.Metadata, context.AppId),
        context.Services.GetRequiredService<TimeProvider>(),
        context.Services.GetRequiredService<ILogger<SqlitePubSub>>()));

    private readonly CancellationTokenSource _closing = new();
    private SqliteDatabase? _database;
    private Task _sweeping = Task.CompletedTask;

    public PubSubFeatures Features => PubSubFeatures.MessageTtl;

    private SqliteDatabase Database => _database ?? throw new InvalidOperationException("The component is not initialised.");

    public async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        _database = SqliteDatabase.Share(options.Path);
        await _database.WriteAsync(MessageTables.Create);
        _sweeping = SweepAsync();
    }

    public async Task PublishAsync(string topic, OutgoingMessage message, CancellationToken cancellationToken) =>
        await PublishManyAsync(topic, [message], cancellationToken);

    /// <summary>All or none.</summary>
    public async Task<IReadOnlyList<PublishFailure>> PublishManyAsync(
        string topic, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        await Database.WriteAsync(session =>
        {
            foreach (var message in messages)
                MessageTables.Append(session, topic, message, clock.GetUtcNow());
            return messages.Count;
        });
        TopicSignals.Of(Database).Raise(topic);
        return [];
    }

    public async Task<ITopicConsumer> SubscribeAsync(
        string topic, IReadOnlyDictionary<string, string> metadata, MessageHandler handler, CancellationToken cancellationToken)
    {
        var id = await Database.WriteAsync(session => MessageTables.Register(session, options.ConsumerGroup, topic));
        return new SqliteConsumer(Database, options, topic, id, handler, clock, log);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _sweeping;
        if (_database is not null)
            await _database.DisposeAsync();
        _closing.Dispose();
    }

    private async Task SweepAsync()
    {
        var sweep = new MessageSweep(Database, options, clock);
        using var timer = new PeriodicTimer(SweepInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                try
                {
                    if (TopicSignals.Of(Database).TryTakeSweep(SweepInterval / 2))
                        await sweep.RunAsync();
                }
                catch (Exception failure)
                {
                    LogSweepFailed(log, failure);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The component closes.
        }
    }

    [LoggerMessage(450, LogLevel.Warning, "Messages that are done with could not be removed; the next sweep tries again")]
    private static partial void LogSweepFailed(ILogger log, Exception failure);
}
