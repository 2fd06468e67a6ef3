using System.Text;
using System.Text.Json;
using Argosy.Sidecar.Bindings;
using Argosy.Sidecar.Bindings.Mail;
using Argosy.Sidecar.Resources;
using Argosy.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

public sealed class MailboxBindingTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private MailboxBinding _mailbox = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _mailbox = await OpenAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Create_Mail_IsOneReadableFileAndTheSameInEveryAnswer()
    {
        var receipt = await CreateAsync("\"<p>1 < 2 & \\u00fc</p>\"", ("emailTo", "a@x.example"), ("subject", "Ünï"), ("messageId", "o.submitted"), ("emailCC", "c@x.example"));

        var mail = Assert.Single(await ListAsync());
        Assert.Equal((receipt.Id, "o.submitted"), (mail.Id, mail.MessageId));
        Assert.Equal(("shop@x.example", "a@x.example", "c@x.example", "Ünï", "<p>1 < 2 & ü</p>", _time.GetUtcNow()), (mail.From, mail.To, mail.Cc, mail.Subject, mail.Body, mail.SentAt));
        var got = await InvokeAsync("get", "", ("id", receipt.Id));
        Assert.Equal(mail, Read<StoredMail>(got));
        var file = Assert.Single(Directory.GetFiles(_folder.File("mail/mails"), "*", SearchOption.AllDirectories));
        Assert.Contains("<p>1 < 2 & ü</p>", await File.ReadAllTextAsync(file, Now));
        Assert.Equal(["body", "cc", "from", "id", "messageId", "sentAt", "subject", "to"], JsonDocument.Parse(got!.Value).RootElement.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Create_SameMessageIdAgain_KeepsTheFirst()
    {
        var first = await CreateAsync("first", ("messageId", "o.confirmed"));
        var other = await CreateAsync("second", ("messageId", "O.confirmed"));
        var again = await CreateAsync("third", ("messageId", "o.confirmed"));

        Assert.Equal(first, again);
        Assert.Equal([(other.Id, "second"), (first.Id, "first")], (await ListAsync()).Select(mail => (mail.Id, mail.Body)));
    }

    [Fact]
    public async Task Create_NoMessageId_KeepsEach()
    {
        var first = await CreateAsync("x");
        var second = await CreateAsync("x");

        Assert.Equal([second.Id, first.Id], (await ListAsync()).Select(mail => mail.MessageId));
    }

    [Fact]
    public async Task Create_ManyAtOnceFromSeveralMailboxes_KeepsOneForEachMessageId()
    {
        var mailboxes = new[] { _mailbox, await OpenAsync(), await OpenAsync() };
        var receipts = await Task.WhenAll(Enumerable.Range(0, 600).Select(call => Task.Run(() =>
            CreateAsync(mailboxes[call % 3], $"{call}", ("messageId", $"order-{call / 3 % 40}.step")), Now)));

        var mails = await ListAsync(("limit", "200"));
        Assert.Equal(40, mails.Count);
        Assert.Equal(40, mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(mails.Select(mail => (mail.Id, mail.MessageId)).Order(), receipts.Select(receipt => (receipt.Id, receipt.MessageId)).Distinct().Order());
        Assert.Empty(Directory.GetFiles(_folder.File("mail/drafts")));
    }

    [Fact]
    public async Task Create_AfterADeathBeforeTheMailWasListed_ListsIt()
    {
        var receipt = await CreateAsync("x", ("messageId", "o.shipped"));
        File.Delete(Assert.Single(Directory.GetFiles(_folder.File("mail/mails"), "*", SearchOption.AllDirectories)));
        Assert.Empty(await ListAsync());

        Assert.Equal(receipt, await CreateAsync("x", ("messageId", "o.shipped")));

        Assert.Equal(receipt.Id, Assert.Single(await ListAsync()).Id);
    }

    [Fact]
    public async Task List_Pages_AreNewestFirstAcrossFolders()
    {
        for (var number = 0; number < 25; number++)
        {
            await CreateAsync($"{number}", ("messageId", $"o{number}.s"));
            _time.Advance(TimeSpan.FromSeconds(number % 3 * 20));
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse(), await BodiesAsync());
        Assert.Equal([24, 23, 22], await BodiesAsync(("limit", "3")));
        Assert.Equal([1, 0], await BodiesAsync(("offset", "23"), ("limit", "3")));
        Assert.Empty(await BodiesAsync(("offset", "25")));
        Assert.Empty(await BodiesAsync(("limit", "0")));
    }

    [Fact]
    public async Task List_Prefix_GivesThoseWhoseMessageIdBeginsSo()
    {
        foreach (var messageId in (string[])["A1.submitted", "a1.submitted", "a1.confirmed", "a1", "a10.submitted", "b.submitted", "a1.sub/../x"])
            await CreateAsync("x", ("messageId", messageId));

        Assert.Equal(["a1.sub/../x", "a1.confirmed", "a1.submitted"], await MessageIdsAsync("a1."));
        Assert.Equal(["a1.sub/../x", "a1.submitted"], await MessageIdsAsync("a1.sub"));
        Assert.Equal(["a1.sub/../x", "a10.submitted", "a1", "a1.confirmed", "a1.submitted"], await MessageIdsAsync("a1"));
        Assert.Equal(["a1.confirmed"], await MessageIdsAsync("a1.", ("offset", "1"), ("limit", "1")));
        Assert.Empty(await MessageIdsAsync("c."));
    }

    [Fact]
    public async Task Delete_Mail_IsGoneAndItsMessageIdStaysKnown()
    {
        var receipt = await CreateAsync("x", ("messageId", "o.cancelled"));

        Assert.Null(await InvokeAsync("delete", "", ("id", receipt.Id)));

        await CreateAsync("late repetition", ("messageId", "o.cancelled"));
        Assert.Empty(await ListAsync());
        Assert.Empty(await MessageIdsAsync("o."));
        var missing = await Assert.ThrowsAsync<ArgumentException>(() => InvokeAsync("delete", "", ("id", receipt.Id)));
        Assert.Equal($"no mail with id '{receipt.Id}'", missing.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => InvokeAsync("get", "", ("id", receipt.Id)));
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("20260301120000000000-/../../x")]
    [InlineData("")]
    public async Task Get_IdThatIsNone_IsRefused(string id)
    {
        _folder.Write("secret.json", "{}");

        await Assert.ThrowsAsync<ArgumentException>(() => InvokeAsync("get", "", ("id", id)));
        await Assert.ThrowsAsync<ArgumentException>(() => InvokeAsync("delete", "", ("id", id)));
    }

    [Theory]
    [InlineData("../../../out")]
    [InlineData("/out")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\0b\n%2f\\c:")]
    [InlineData("ümläut ❤")]
    public async Task Create_MessageIdThatIsNoFileName_StaysInTheFolderAndIsKnown(string messageId)
    {
        var receipt = await CreateAsync("x", ("messageId", messageId));

        Assert.Equal(receipt, await CreateAsync("y", ("messageId", messageId)));
        Assert.Equal(messageId, Assert.Single(await ListAsync()).MessageId);
        Assert.Equal([messageId], await MessageIdsAsync(messageId));
        Assert.Equal(["mail"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("create", "emailTo", "", "emailTo property not supplied in configuration- or request-metadata")]
    [InlineData("create", "subject", "", "subject property not supplied in configuration- or request-metadata")]
    [InlineData("create", "priority", "9", "priority value must be between 1 (highest) and 5 (lowest)")]
    [InlineData("create", "messageId", "LONG", "messageId is too long")]
    [InlineData("list", "limit", "201", "limit is '201', expected a whole number from 0 to 200")]
    [InlineData("list", "offset", "-1", "offset is '-1', expected a whole number from 0 to 2147483647")]
    public async Task Invoke_MetadataThatMakesNoSense_IsRefused(string operation, string name, string value, string reason)
    {
        var metadata = new Dictionary<string, string> { ["emailTo"] = "a@x.example", ["subject"] = "s", [name] = value == "LONG" ? new string('x', 300) : value };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _mailbox.InvokeAsync(new BindingRequest(operation, "x"u8.ToArray(), metadata), Now));

        Assert.Equal(reason, refused.Message);
    }

    [Fact]
    public async Task Open_DraftsOfADeadProcess_AreClearedWhenOld()
    {
        var old = _folder.Write("mail/drafts/old", "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        var young = _folder.Write("mail/drafts/young", "half");

        await OpenAsync();

        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
    }

    [Fact]
    public async Task List_ForeignFilesInTheFolder_AreLeftOut()
    {
        await CreateAsync("x");
        _folder.Write("mail/mails/209901010000/notes.txt", "not a mail");
        _folder.Write("mail/mails/209901010000/209901010000000000000-0123abcd.json", "");

        Assert.Single(await ListAsync());
    }

    private async Task<MailboxBinding> OpenAsync()
    {
        var component = new Component("email", "bindings.mailbox", "v1", [], new SourceLocation("email.yaml", 1));
        var metadata = new ComponentMetadata(component, new Dictionary<string, string> { ["rootPath"] = _folder.File("mail"), ["emailFrom"] = "shop@x.example" });
        var mailbox = MailboxBinding.Create(metadata, _time);
        await mailbox.InitialiseAsync(Now);
        return mailbox;
    }

    private Task<MailReceipt> CreateAsync(string body, params (string Name, string Value)[] metadata) => CreateAsync(_mailbox, body, metadata);

    private static async Task<MailReceipt> CreateAsync(MailboxBinding mailbox, string body, params (string Name, string Value)[] metadata) =>
        Read<MailReceipt>(await InvokeAsync(mailbox, "create", body, [("emailTo", "a@x.example"), ("subject", "s"), .. metadata]));

    private async Task<List<StoredMail>> ListAsync(params (string Name, string Value)[] metadata) => Read<List<StoredMail>>(await InvokeAsync("list", "", metadata));

    private async Task<IEnumerable<int>> BodiesAsync(params (string Name, string Value)[] metadata) => (await ListAsync(metadata)).Select(mail => int.Parse(mail.Body));

    private async Task<IEnumerable<string>> MessageIdsAsync(string prefix, params (string Name, string Value)[] metadata) =>
        (await ListAsync([("messageIdPrefix", prefix), .. metadata])).Select(mail => mail.MessageId);

    private Task<ReadOnlyMemory<byte>?> InvokeAsync(string operation, string body, params (string Name, string Value)[] metadata) => InvokeAsync(_mailbox, operation, body, metadata);

    private static async Task<ReadOnlyMemory<byte>?> InvokeAsync(MailboxBinding mailbox, string operation, string body, params (string Name, string Value)[] metadata)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in metadata)
            values[name] = value;
        return (await mailbox.InvokeAsync(new BindingRequest(operation, Encoding.UTF8.GetBytes(body), values), Now))?.Data;
    }

    private static T Read<T>(ReadOnlyMemory<byte>? json) => JsonSerializer.Deserialize<T>(json!.Value.Span, JsonSerializerOptions.Web)!;
}
