using System.Net;
using System.Text;
using Argosy.Sidecar.Bindings;
using Argosy.Sidecar.Bindings.Mail;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Tests.Invocation;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

public sealed class SmtpBindingTests(BindingApiFixture fixture) : IClassFixture<BindingApiFixture>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_OverBothTransports_SendsTheSameHtml()
    {
        using var answer = await fixture.InvokeAsync("mail", "create", "<p>1 < 2 & ü</p>", ("emailTo", "http@x.example"));
        await fixture.Dapr.InvokeBindingAsync("mail", "create", "<p>1 < 2 & ü</p>", new Dictionary<string, string> { ["emailTo"] = "grpc@x.example" }, Now);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        foreach (var receiver in (string[])["http@x.example", "grpc@x.example"])
            Assert.Equal("<p>1 < 2 & ü</p>", fixture.MailServer.Mails.Single(mail => mail.Receivers.Contains(receiver)).Html);
    }

    [Fact]
    public async Task Create_RequestMetadata_ReplacesTheComponentsForThisMailOnly()
    {
        await using var server = await new MailServer().StartAsync();
        using var binding = Binding(server, ("emailFrom", "Shop <shop@x.example>"), ("emailTo", "a@x.example; B <b@x.example>;"), ("subject", "from the component"), ("priority", "5"));

        await SendAsync(binding, "one", ("emailFrom", "other@x.example"), ("emailTo", "c@x.example"), ("emailCC", "d@x.example;e@x.example"), ("emailBCC", "f@x.example"), ("subject", "Ünï"), ("priority", "1"));
        await SendAsync(binding, "two");

        var (first, second) = (server.Mails.First(), server.Mails.Last());
        Assert.Equal(("other@x.example", "c@x.example d@x.example e@x.example f@x.example"), (first.Sender, string.Join(' ', first.Receivers)));
        Assert.Equal(("Ünï", "1", "one"), (first.Message.Subject, first.Message.Headers["X-Priority"], first.Html));
        Assert.Equal(("c@x.example", "d@x.example, e@x.example", ""), (first.Message.To.ToString(), first.Message.Cc.ToString(), first.Message.Bcc.ToString()));
        Assert.Equal(("shop@x.example", "a@x.example b@x.example"), (second.Sender, string.Join(' ', second.Receivers)));
        Assert.Equal(("from the component", "5", "\"Shop\" <shop@x.example>"), (second.Message.Subject, second.Message.Headers["X-Priority"], second.Message.From.ToString()));
        Assert.Empty(second.Message.Cc);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_ServerOffersTls_IsEncryptedAndSignedIn(bool signIn)
    {
        using var certificates = new Certificates();
        using var certificate = certificates.Sign("localhost");
        await using var server = await new MailServer { Certificate = certificate, Password = signIn ? "s3cret" : null }.StartAsync();
        using var binding = Binding(server, [("skipTLSVerify", "true"), .. signIn ? [("user", "shop"), ("password", "s3cret")] : Array.Empty<(string, string)>()]);

        await SendAsync(binding, "x");

        var mail = Assert.Single(server.Mails);
        Assert.Equal((true, signIn ? "shop" : ""), (mail.IsSecure, mail.User ?? ""));
    }

    [Fact]
    public async Task Create_CertificateNobodyTrusts_SendsNothing()
    {
        using var certificates = new Certificates();
        using var certificate = certificates.Sign("localhost");
        await using var server = await new MailServer { Certificate = certificate }.StartAsync();
        using var binding = Binding(server);

        await Assert.ThrowsAsync<IOException>(() => SendAsync(binding, "x"));

        Assert.Empty(server.Mails);
    }

    [Fact]
    public void Options_Port465_SpeaksTlsFromTheFirstByteAndOthersWhenOffered()
    {
        Assert.Equal(MailKit.Security.SecureSocketOptions.SslOnConnect, new SmtpOptions("h", 465, null, null, false).Security);
        Assert.Equal(MailKit.Security.SecureSocketOptions.StartTlsWhenAvailable, new SmtpOptions("h", 587, null, null, false).Security);
    }

    [Fact]
    public async Task Create_PasswordWithoutTls_GoesToThisMachineOnly()
    {
        await using var server = await new MailServer { Password = "s3cret" }.StartAsync();
        using var local = Binding(server, ("user", "shop"), ("password", "s3cret"));
        // Another name of the same machine.
        using var remote = Binding(server, ("user", "shop"), ("password", "s3cret"), ("host", "127.0.0.2"));

        await SendAsync(local, "x");
        var refused = await Assert.ThrowsAsync<IOException>(() => SendAsync(remote, "x"));

        Assert.Equal("shop", Assert.Single(server.Mails).User);
        Assert.Equal("error from smtp binding, sending email failed: the connection is not encrypted, so the password is not sent", refused.Message);
    }

    [Fact]
    public async Task Create_WrongPassword_FailsWithoutShowingIt()
    {
        await using var server = await new MailServer { Password = "s3cret" }.StartAsync();
        using var binding = Binding(server, ("user", "shop"), ("password", "wr0ng"));

        var refused = await Assert.ThrowsAsync<IOException>(() => SendAsync(binding, "x"));

        Assert.StartsWith("error from smtp binding, sending email failed:", refused.Message);
        Assert.DoesNotContain("wr0ng", refused.ToString());
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Create_ServerGoesAndComesBack_FailsOnlyMeanwhile()
    {
        await using var server = await new MailServer().StartAsync();
        using var binding = Binding(server);
        await SendAsync(binding, "before");

        await server.StopAsync();
        await Assert.ThrowsAsync<IOException>(() => SendAsync(binding, "meanwhile"));
        await server.StartAsync();
        await SendAsync(binding, "after");

        Assert.Equal(["before", "after"], server.Mails.Select(mail => mail.Html));
    }

    [Fact]
    public async Task Create_ServerRefusesAReceiver_FailsAndTheNextMailIsSent()
    {
        await using var server = await new MailServer { Refused = "nobody@x.example" }.StartAsync();
        using var binding = Binding(server);

        await Assert.ThrowsAsync<IOException>(() => SendAsync(binding, "x", ("emailTo", "nobody@x.example")));
        await SendAsync(binding, "y");

        Assert.Equal("y", Assert.Single(server.Mails).Html);
    }

    [Fact]
    public async Task Create_MailsInARow_ShareAConnectionForAWhile()
    {
        await using var server = await new MailServer().StartAsync();
        var time = new FakeTimeProvider();
        using var binding = Binding(server, time);

        for (var mail = 0; mail < 60; mail++)
            await SendAsync(binding, "x");
        Assert.Equal((60, 2), (server.Mails.Count, server.Connections));

        time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(binding, "x");
        Assert.Equal((61, 3), (server.Mails.Count, server.Connections));
    }

    [Fact]
    public async Task Create_ManyAtOnce_SendsEachOnce()
    {
        await using var server = await new MailServer().StartAsync();
        using var binding = Binding(server);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(mail => SendAsync(binding, $"{mail}")));

        Assert.Equal(Enumerable.Range(0, 40), server.Mails.Select(mail => int.Parse(mail.Html)).Order());
    }

    [Theory]
    [InlineData("emailTo", "a@x.example\r\nBcc: b@x.example", "invalid address")]
    [InlineData("emailTo", "no address", "invalid address")]
    [InlineData("emailTo", ";", "invalid address")]
    [InlineData("emailFrom", "a@x.example, b@x.example", "invalid address")]
    [InlineData("priority", "6", "priority value must be between 1 (highest) and 5 (lowest)")]
    [InlineData("priority", "soon", "priority value must be between 1 (highest) and 5 (lowest)")]
    public async Task Create_MetadataThatMakesNoSense_IsRefusedBeforeAnythingIsSent(string name, string value, string reason)
    {
        await using var server = new MailServer();
        using var binding = Binding(server);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(binding, "x", (name, value)));

        Assert.EndsWith(reason, refused.Message);
        Assert.DoesNotContain("x.example", refused.Message);
    }

    [Fact]
    public async Task Create_SubjectWithLineBreak_AddsNoHeader()
    {
        await using var server = await new MailServer().StartAsync();
        using var binding = Binding(server);

        await SendAsync(binding, "x", ("subject", "hello\r\nX-Evil: yes\r\n\r\nbody"));

        var mail = Assert.Single(server.Mails);
        Assert.Null(mail.Message.Headers["X-Evil"]);
        Assert.Equal("x", mail.Html);
    }

    [Theory]
    [InlineData("port", "0")]
    [InlineData("user", "shop")]
    [InlineData("password", "s3cret")]
    [InlineData("priority", "0")]
    public void Create_ComponentMetadataThatMakesNoSense_StopsTheStart(string name, string value)
    {
        var refused = Assert.Throws<ResourceException>(() => Binding(new MailServer(), (name, value)));

        Assert.StartsWith("mail.yaml:1: component 'mail': metadata", refused.Message);
    }

    private static SmtpBinding Binding(MailServer server, params (string Name, string Value)[] metadata) => Binding(server, TimeProvider.System, metadata);

    private static SmtpBinding Binding(MailServer server, TimeProvider time, params (string Name, string Value)[] metadata)
    {
        var values = new Dictionary<string, string>
        {
            ["host"] = "localhost",
            ["port"] = $"{server.Port}",
            ["emailFrom"] = "shop@x.example",
            ["emailTo"] = "a@x.example",
            ["subject"] = "s",
        };
        foreach (var (name, value) in metadata)
            values[name] = value;
        return SmtpBinding.Create(new ComponentMetadata(new Component("mail", "bindings.smtp", "v1", [], new SourceLocation("mail.yaml", 1)), values), time);
    }

    private static async Task SendAsync(SmtpBinding binding, string body, params (string Name, string Value)[] metadata) =>
        Assert.Null(await binding.InvokeAsync(new BindingRequest("create", Encoding.UTF8.GetBytes(body), metadata.ToDictionary(item => item.Name, item => item.Value)), Now));
}
