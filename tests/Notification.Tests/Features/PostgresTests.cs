using Argosy.Contracts;
using Argosy.Contracts.Ordering;
using Argosy.Notification.Tests.Support;
using Npgsql;

namespace Argosy.Notification.Tests.Features;

/// <summary>The statements that are written by hand, and what only a database with several writers can do.</summary>
public sealed class PostgresTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task RowCommittedAfterALaterOne_IsToldAllTheSame()
    {
        var database = postgres.CreateDatabase();
        await using var office = await Office.OpenAsync(database);
        await using var browser = await office.ConnectAsync("ada");
        var (slow, fast) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();

        await using var transaction = await connection.BeginTransactionAsync();
        await InsertAsync(connection, slow, "ada");
        await office.SubmitAsync(fast, "ada");
        await browser.HearsAsync(fast, "submitted");
        Assert.DoesNotContain(browser.Heard, news => news.OrderId == slow.ToString());
        await transaction.CommitAsync();

        await browser.HearsAsync(slow, "submitted");
        await office.MailStateBecomesAsync("sent", 2);
        Assert.Equal(2, browser.Heard.Count);
    }

    [Fact]
    public async Task TwoReplicas_ManyEventsOneOfThemTooLong_LoseNothingElse()
    {
        const int orders = 40;
        await using var office = await Office.OpenAsync(postgres.CreateDatabase(), replicas: 2);
        var ids = Enumerable.Range(0, orders).Select(_ => Guid.CreateVersion7()).ToList();
        var bad = new OrderConfirmed(Guid.CreateVersion7().ToString(), new string('X', 50), "ada", new Money(1, "EUR"), DateTimeOffset.UtcNow);

        await Task.WhenAll(ids.SelectMany(id => new[] { office.SubmitAsync(id, "ada"), office.ConfirmAsync(id, "ada"), office.SubmitAsync(id, "ada") }).Append(office.PublishAsync(bad)));

        await office.MailStateBecomesAsync("sent", orders * 2);
        var audit = await office.AuditAsync();
        Assert.Equal((orders * 2, 0), ((int)audit["notifications"]!, (int)audit["doubled"]!));
        Assert.Equal(["confirmed", "submitted"], (await office.MailsAsync(ids[0], "ada")).Order());
    }

    // As another replica writes a row.
    private static async Task InsertAsync(NpgsqlConnection connection, Guid order, string customer)
    {
        await using var insert = new NpgsqlCommand("""
            INSERT INTO notifications (order_id, number, customer_id, step, at, received_at, mail_state, mail_attempts, mail_due_at)
            VALUES ($1, 'ABCDE-12345', $2, 'submitted', $3, $3, 'pending', 0, $3)
            """, connection) { Parameters = { new() { Value = order }, new() { Value = customer }, new() { Value = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() } } };
        await insert.ExecuteNonQueryAsync();
    }

    private static string ConnectionString(string address)
    {
        var uri = new Uri(address);
        return $"Host={uri.Host};Port={uri.Port};Username={uri.UserInfo};Database={uri.AbsolutePath[1..]}";
    }
}
