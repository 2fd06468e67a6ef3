using Argosy.ServiceDefaults.Messaging;
using Argosy.ServiceDefaults.Tests.Hosting;
using Argosy.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.ServiceDefaults.Tests.Messaging;

public sealed class SqliteOutboxTests(SqliteKind kind) : OutboxTests(kind), IClassFixture<SqliteKind>;

public sealed class PostgresOutboxTests(PostgresKind kind) : OutboxTests(kind), IClassFixture<PostgresKind>;

/// <summary>What the outbox promises, on every database.</summary>
public abstract class OutboxTests
{
    private readonly string _database;

    protected OutboxTests(IDatabaseKind kind)
    {
        Assert.SkipWhen(kind.Missing is not null, kind.Missing ?? "");
        _database = kind.Create();
    }

    [Fact]
    public async Task Publish_ChangesSaved_EventReachesBrokerAndRowIsGone()
    {
        var broker = new RecordingBroker();
        await using var service = await TestService.StartAsync(_database, broker);
        var id = await service.WithContextAsync(async context =>
        {
            context.Notes.Add(new Note { Text = "a" });
            var eventId = context.Publish(new NoteTaken("a", 7));
            await context.SaveChangesAsync();
            return eventId;
        });
        await Eventually.HoldsAsync("the event is published", () => !broker.Accepted.IsEmpty);
        var message = Assert.Single(broker.Accepted);
        Assert.Equal(("note-taken", id, """{"text":"a","number":7}"""), (message.Topic, message.Id, message.Data));
        await Eventually.HoldsAsync("the row is gone", () => service.WithContextAsync(async context => !await context.Outbox.AnyAsync()));
    }

    [Fact]
    public async Task Publish_CommitAfterIdle_WakesPublisherAtOnce()
    {
        var broker = new RecordingBroker();
        await using var service = await TestService.StartAsync(_database, broker);
        await TakeNoteAsync(service, 0);
        await Eventually.HoldsAsync("the first event is published", () => broker.Accepted.Count == 1);
        var commit = TimeProvider.System.GetTimestamp();
        await TakeNoteAsync(service, 1);
        await Eventually.HoldsAsync("the second event is published", () => broker.Accepted.Count == 2);
        // The publisher looks by itself only every two seconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(commit), TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Publish_TransactionRolledBack_PublishesNothing()
    {
        var broker = new RecordingBroker();
        await using var service = await TestService.StartAsync(_database, broker);
        await service.WithContextAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Publish(new NoteTaken("lost"));
            await context.SaveChangesAsync();
            await transaction.RollbackAsync();
        });
        await TakeNoteAsync(service, 1);
        await Eventually.HoldsAsync("the committed event is published", () => !broker.Accepted.IsEmpty);
        Assert.Contains("\"number\":1", Assert.Single(broker.Accepted).Data);
    }

    [Fact]
    public async Task Publish_ManyEventsOfTwoTopics_KeepsOrderWithinEach()
    {
        var broker = new RecordingBroker();
        await using var service = await TestService.StartAsync(_database, broker);
        for (var transaction = 0; transaction < 30; transaction++)
        {
            await service.WithContextAsync(async context =>
            {
                for (var i = 0; i < 10; i++)
                {
                    context.Publish(new NoteTaken("n", transaction * 10 + i));
                    context.Publish(new NoteRead($"{transaction * 10 + i}"));
                }
                await context.SaveChangesAsync();
            });
        }
        await Eventually.HoldsAsync("all events are published", () => broker.Accepted.Count == 600);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $$"""{"text":"n","number":{{i}}}"""), broker.Accepted.Where(message => message.Topic == "note-taken").Select(message => message.Data));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $$"""{"text":"{{i}}"}"""), broker.Accepted.Where(message => message.Topic == "note-read").Select(message => message.Data));
    }

    [Fact]
    public async Task Publish_BrokerDown_PublishesOnceItIsBackAndBacksOffMeanwhile()
    {
        var broker = new RecordingBroker { IsDown = true };
        await using var service = await TestService.StartAsync(_database, broker);
        for (var i = 0; i < 5; i++)
            await TakeNoteAsync(service, i);
        await Eventually.HoldsAsync("the broker was tried again", () => broker.Attempts >= 3);
        // Commits do not shorten the pauses, else a busy service would storm a broker that is down.
        for (var i = 5; i < 25; i++)
            await TakeNoteAsync(service, i);
        Assert.InRange(broker.Attempts, 3, 8);
        broker.IsDown = false;
        await Eventually.HoldsAsync("all events are published", () => broker.Accepted.Count == 25);
        Assert.Equal(25, broker.Accepted.DistinctBy(message => message.Id).Count());
    }

    [Fact]
    public async Task Publish_OneEventRefused_RestIsPublishedAndItIsTriedAgain()
    {
        var refused = 0;
        var broker = new RecordingBroker { Refuses = message => message.Data.Contains("\"number\":3", StringComparison.Ordinal) && Interlocked.Increment(ref refused) <= 2 };
        await using var service = await TestService.StartAsync(_database, broker);
        await service.WithContextAsync(async context =>
        {
            for (var i = 0; i < 6; i++)
                context.Publish(new NoteTaken("n", i));
            await context.SaveChangesAsync();
        });
        await Eventually.HoldsAsync("all events are published", () => broker.Accepted.Count == 6);
        Assert.Equal(6, broker.Accepted.DistinctBy(message => message.Id).Count());
        Assert.Equal(3, refused);
    }

    [Fact]
    public async Task Publish_ServiceDiedBeforePublishing_NextStartPublishes()
    {
        await using (var dying = await TestService.StartAsync(_database, new RecordingBroker { IsDown = true }))
            await TakeNoteAsync(dying, 42);
        var broker = new RecordingBroker();
        await using var service = await TestService.StartAsync(_database, broker);
        await Eventually.HoldsAsync("the event is published", () => broker.Accepted.Count == 1);
    }

    [Fact]
    public async Task Publish_ThreeReplicas_NoEventTwiceAndOnePublisherAtATime()
    {
        var broker = new RecordingBroker { Delay = TimeSpan.FromMilliseconds(5) };
        await using var first = await TestService.StartAsync(_database, broker, settings: ("APP_PORT", "1"));
        await using var second = await TestService.StartAsync(_database, broker, settings: ("APP_PORT", "2"));
        await using var third = await TestService.StartAsync(_database, broker, settings: ("APP_PORT", "3"));
        await Task.WhenAll(new[] { first, second, third }.Select(async replica =>
        {
            for (var i = 0; i < 40; i++)
                await TakeNoteAsync(replica, i);
        }));
        await Eventually.HoldsAsync("all events are published", () => broker.Accepted.Count >= 120);
        Assert.Equal(120, broker.Accepted.Count);
        Assert.Equal(120, broker.Accepted.DistinctBy(message => message.Id).Count());
        Assert.Equal(1, broker.MostInFlight);
    }

    [Fact]
    public async Task Publish_LeaseOfDeadReplica_IsTakenOverAfterItExpires()
    {
        var broker = new RecordingBroker();
        await using var service = await TestService.StartAsync(_database, broker);
        var expiry = DateTimeOffset.UtcNow.AddSeconds(1);
        await service.WithContextAsync(context => context.OutboxLeases.ExecuteUpdateAsync(lease => lease
            .SetProperty(row => row.Owner, "somebody else").SetProperty(row => row.ExpiresAt, expiry.ToUnixTimeMilliseconds())));
        await TakeNoteAsync(service, 1);
        await Eventually.HoldsAsync("the event is published", () => !broker.Accepted.IsEmpty);
        Assert.True(DateTimeOffset.UtcNow >= expiry, "published while another replica had the lease");
    }

    [Fact]
    public async Task Publish_WithinTrace_KeepsTraceContext()
    {
        var broker = new RecordingBroker { IsDown = true };
        await using var service = await TestService.StartAsync(_database, broker);
        using var activity = new System.Diagnostics.Activity("test").Start();
        await TakeNoteAsync(service, 1);
        var row = await service.WithContextAsync(context => context.Outbox.AsNoTracking().SingleAsync());
        var envelope = OutboxEnvelope.Create(row, new Uri("test", UriKind.Relative));
        Assert.Equal(activity.Id, envelope.TraceParent);
        Assert.Equal(row.Id.ToString(), envelope.Id);
        Assert.InRange(DateTimeOffset.UtcNow - envelope.Time!.Value, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Metrics_BrokerDown_CountsBacklogAndFailures()
    {
        await using var service = await TestService.StartAsync(_database, new RecordingBroker { IsDown = true });
        for (var i = 0; i < 3; i++)
            await TakeNoteAsync(service, i);
        await Eventually.HoldsAsync("the backlog is in the metrics", async () =>
        {
            var metrics = await service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            return metrics.Split('\n').Any(line => line.StartsWith("argosy_outbox_backlog", StringComparison.Ordinal) && line.TrimEnd().EndsWith(" 3", StringComparison.Ordinal))
                && metrics.Contains("argosy_outbox_failures", StringComparison.Ordinal);
        });
        Assert.Equal(3, service.Services.GetRequiredService<OutboxMetrics>().Backlog);
    }

    private static Task TakeNoteAsync(TestService service, int number) => service.WithContextAsync(async context =>
    {
        context.Notes.Add(new Note { Text = "n" });
        context.Publish(new NoteTaken("n", number));
        await context.SaveChangesAsync();
    });
}
