using System.Net;
using System.Net.Http.Json;
using System.Text;
using Argosy.ServiceDefaults.Messaging;
using Argosy.ServiceDefaults.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Argosy.ServiceDefaults.Tests.Messaging;

public sealed class SqliteInboxTests(SqliteKind kind) : InboxTests(kind), IClassFixture<SqliteKind>;

public sealed class PostgresInboxTests(PostgresKind kind) : InboxTests(kind), IClassFixture<PostgresKind>;

/// <summary>What the inbox promises, on every database.</summary>
public abstract class InboxTests
{
    private readonly string _database;

    protected InboxTests(IDatabaseKind kind)
    {
        Assert.SkipWhen(kind.Missing is not null, kind.Missing ?? "");
        _database = kind.Create();
    }

    [Fact]
    public async Task Delivery_Twice_HandledOnceAndBothSucceed()
    {
        await using var service = await StartAsync();
        for (var i = 0; i < 2; i++)
            Assert.Equal("SUCCESS", await DeliverAsync(service, "event-1", "hello"));
        Assert.Equal(["hello"], await NotesAsync(service));
    }

    [Fact]
    public async Task Delivery_TwentyTimesAtOnce_HandledOnce()
    {
        await using var service = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DeliverAsync(service, "event-1", "hello")));
        Assert.All(answers, answer => Assert.Equal("SUCCESS", answer));
        Assert.Equal(["hello"], await NotesAsync(service));
    }

    [Fact]
    public async Task Delivery_HandlerFails_RollsBackAndRedeliveryIsHandled()
    {
        var failing = true;
        await using var service = await StartAsync(() => failing);
        using (var refused = await PostAsync(service, Event("event-1", """{"text":"hello"}""")))
            Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Empty(await NotesAsync(service));
        failing = false;
        Assert.Equal("SUCCESS", await DeliverAsync(service, "event-1", "hello"));
        Assert.Equal(["hello"], await NotesAsync(service));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"data":{"text":"no id"}}""")]
    [InlineData("""{"id":"","data":{"text":"empty id"}}""")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":"1","data":"text"}""")]
    [InlineData("""{"id":"1","data":{"text":{"not":"text"}}}""")]
    public async Task Delivery_Malformed_IsDroppedToDeadLetters(string body)
    {
        await using var service = await StartAsync();
        using var answer = await PostAsync(service, body);
        Assert.Equal("DROP", (await answer.Content.ReadFromJsonAsync<EventAnswer>())!.Status);
        Assert.Empty(await NotesAsync(service));
    }

    [Fact]
    public async Task Delivery_UnknownFields_AreIgnored()
    {
        await using var service = await StartAsync();
        using var answer = await PostAsync(service, Event("event-1", """{"text":"hello","addedLater":{"a":1}}"""));
        Assert.Equal("SUCCESS", (await answer.Content.ReadFromJsonAsync<EventAnswer>())!.Status);
        Assert.Equal(["hello"], await NotesAsync(service));
    }

    [Fact]
    public async Task Subscribe_Asked_NamesTopicRouteAndDeadLetters()
    {
        await using var service = await StartAsync();
        var subscriptions = await service.Http.GetStringAsync(new Uri("/dapr/subscribe", UriKind.Relative));
        Assert.Equal("""[{"topic":"note-taken","pubsubName":"pubsub","route":"events/note-taken","deadLetterTopic":"note-taken-dead"}]""", subscriptions);
    }

    [Fact]
    public async Task Cleaner_RowsOlderThanRetention_AreForgotten()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await StartAsync(time: time);
        await DeliverAsync(service, "old", "1");
        time.Advance(TimeSpan.FromDays(6));
        await DeliverAsync(service, "young", "2");
        var cleaner = service.Services.GetServices<IHostedService>().OfType<InboxCleaner<NotesContext>>().Single();
        time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await cleaner.CleanAsync(CancellationToken.None);
        Assert.Equal(["young"], await service.WithContextAsync(context => context.Inbox.Select(row => row.MessageId).ToListAsync()));
    }

    private Task<TestService> StartAsync(Func<bool>? fails = null, TimeProvider? time = null) => TestService.StartAsync(
        _database,
        new RecordingBroker(),
        app => app.MapEvent<NoteTaken, NotesContext>(async (message, context, cancellationToken) =>
        {
            context.Notes.Add(new Note { Text = message.Text });
            await context.SaveChangesAsync(cancellationToken);
            if (fails?.Invoke() == true)
                throw new InvalidOperationException("The handler fails.");
        }),
        builder =>
        {
            if (time is not null)
                builder.Services.AddSingleton(time);
        });

    private static string Event(string id, string data) =>
        $$"""{"id":"{{id}}","specversion":"1.0","type":"note-taken","source":"test","datacontenttype":"application/json","data":{{data}}}""";

    private static async Task<string> DeliverAsync(TestService service, string id, string text)
    {
        using var answer = await PostAsync(service, Event(id, $$"""{"text":"{{text}}"}"""));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<EventAnswer>())!.Status;
    }

    private static Task<HttpResponseMessage> PostAsync(TestService service, string body) =>
        service.Http.PostAsync(new Uri("/events/note-taken", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/cloudevents+json"));

    private static Task<List<string>> NotesAsync(TestService service) =>
        service.WithContextAsync(context => context.Notes.Select(note => note.Text).ToListAsync());
}
