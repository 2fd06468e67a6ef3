using System.Net;
using System.Text.Json.Nodes;
using Argosy.Notification.Tests.Support;

namespace Argosy.Notification.Tests.Features;

public sealed class MailboxTests(OfficeFixture fixture)
{
    private readonly Office _office = fixture.Office;

    [Fact]
    public async Task Guest_SeesOwnMailsOnly_OperatorAll()
    {
        var (eves, friends) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _office.SubmitAsync(eves, "eve");
        await _office.SubmitAsync(friends, "fred");
        await _office.MailsBecomeAsync(eves, "eve", "submitted");
        await _office.MailsBecomeAsync(friends, "fred", "submitted");
        await _office.ConfirmAsync(eves, "eve");
        await _office.MailsBecomeAsync(eves, "eve", "confirmed", "submitted");

        Assert.Equal(["confirmed", "submitted"], Items(await _office.ReadAsync("api/system/mailbox", "eve")).Select(mail => (string)mail["step"]!));
        Assert.Empty(Items(await _office.ReadAsync($"api/system/mailbox?orderId={friends}", "eve")));
        Assert.Empty(Items(await _office.ReadAsync("api/system/mailbox", "nobody")));
        var all = Items(await _office.ReadAsync("api/system/mailbox?pageSize=100", "operator", asOperator: true)).Select(mail => (string)mail["orderId"]!).ToList();
        Assert.Contains(eves.ToString(), all);
        Assert.Contains(friends.ToString(), all);
        Assert.Single(Items(await _office.ReadAsync($"api/system/mailbox?orderId={friends}", "operator", asOperator: true)));

        var page = await _office.ReadAsync("api/system/mailbox?page=2&pageSize=1", "eve");
        Assert.Equal((2, 1, 2), ((int)page["page"]!, (int)page["pageSize"]!, (int)page["total"]!));
        var mail = Items(page).Single();
        Assert.Equal((eves.ToString(), "submitted", OrderingStandIn.EmailOf(eves)), ((string)mail["orderId"]!, (string)mail["step"]!, (string)mail["to"]!));
        Assert.Equal("We have your order (ABCDE-12345)", (string)mail["subject"]!);
        Assert.Contains($"https://shop.example/orders/{eves}", (string)mail["body"]!, StringComparison.Ordinal);
        Assert.Contains("Darjeeling &lt;first flush&gt;", (string)mail["body"]!, StringComparison.Ordinal);
        Assert.True(DateTimeOffset.UtcNow - (DateTimeOffset)mail["sentAt"]! < TimeSpan.FromMinutes(5));
        Assert.NotEmpty((string)mail["id"]!);
    }

    [Theory]
    [InlineData("api/system/mailbox", null, HttpStatusCode.Unauthorized)]
    [InlineData("api/system/mailbox?page=0", "ada", HttpStatusCode.BadRequest)]
    [InlineData("api/system/mailbox?orderId=x", "ada", HttpStatusCode.BadRequest)]
    public async Task Request_Wrong_IsRefused(string path, string? customer, HttpStatusCode status)
    {
        using var answer = await _office.GetAsync(path, customer);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static List<JsonNode> Items(JsonNode page) => [.. page["items"]!.AsArray().Select(item => item!)];
}
