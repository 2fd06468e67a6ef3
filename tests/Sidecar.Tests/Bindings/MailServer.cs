using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Argosy.Testing;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Argosy.Sidecar.Tests.Bindings;

/// <summary>A mail server on a port of its own, which can go away and come back there.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private CancellationTokenSource? _stopping;
    private Task _running = Task.CompletedTask;
    private int _connections;

    public int Port { get; } = FreePort.Next();

    /// <summary>Offered for STARTTLS, or from the first byte with <see cref="IsImplicit"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool IsImplicit { get; init; }

    /// <summary>The password of user <c>shop</c>; null takes mails from anybody.</summary>
    public string? Password { get; init; }

    /// <summary>Receivers that the server refuses.</summary>
    public string? Refused { get; init; }

    public ConcurrentQueue<ReceivedMail> Mails { get; } = [];

    /// <summary>Connections made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async Task<MailServer> StartAsync()
    {
        _stopping = new CancellationTokenSource();
        _connections = 0;
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Port(Port);
            endpoint.IsSecure(IsImplicit);
            endpoint.AuthenticationRequired(Password is not null);
            endpoint.AllowUnsecureAuthentication(Certificate is null);
            if (Certificate is not null)
                endpoint.Certificate(Certificate);
        }).Build();
        var services = new ServiceProvider();
        services.Add((IMessageStore)new Store(this));
        services.Add((IMailboxFilter)new Filter(this));
        services.Add((IUserAuthenticator)new Users(this));
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => Interlocked.Increment(ref _connections);
        _running = server.StartAsync(_stopping.Token);
        await Eventually.HoldsAsync("the mail server listens", async () =>
        {
            using var probe = new System.Net.Sockets.TcpClient();
            await probe.ConnectAsync(System.Net.IPAddress.Loopback, Port);
            return true;
        });
        await Eventually.HoldsAsync("the probe is counted", () => Connections == 1);
        _connections = 0;
        return this;
    }

    public async Task StopAsync()
    {
        if (_stopping is null)
            return;
        await _stopping.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
        _stopping.Dispose();
        _stopping = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private sealed class Store(MailServer server) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var content = new MemoryStream(buffer.ToArray());
            server.Mails.Enqueue(new ReceivedMail(transaction.From.AsAddress(), [.. transaction.To.Select(to => to.AsAddress())], MimeMessage.Load(content, cancellationToken), context.Pipe.IsSecure, context.Authentication?.User));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }

    private sealed class Filter(MailServer server) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            Task.FromResult(to.AsAddress() != server.Refused);
    }

    private sealed class Users(MailServer server) : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult(user == "shop" && password == server.Password);
    }
}

/// <param name="Receivers">Of the envelope, hidden copies included.</param>
/// <param name="User">Who signed in, if anybody.</param>
public sealed record ReceivedMail(string Sender, IReadOnlyList<string> Receivers, MimeMessage Message, bool IsSecure, string? User)
{
    /// <summary>The body, without the line's end that every mail has.</summary>
    public string Html => Message.HtmlBody?.TrimEnd() ?? "";
}
