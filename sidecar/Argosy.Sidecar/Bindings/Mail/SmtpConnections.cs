using System.Collections.Concurrent;
using System.Net.Security;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary>Connections to the mail server. One that has sent a mail waits a moment for the next: making it anew costs several round trips.</summary>
internal sealed class SmtpConnections(SmtpOptions options, TimeProvider time) : IDisposable
{
    // Short of the time after which servers hang up, and of the number of mails they take on one connection.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(20);
    private const int MostMails = 50;
    private const int TimeoutMilliseconds = 30_000;

    private readonly ConcurrentStack<Connection> _resting = new();
    private bool _isClosed;

    /// <summary>Connected and signed in. Give it back when the mail is sent, otherwise dispose it.</summary>
    public async Task<Connection> TakeAsync(CancellationToken cancellationToken)
    {
        while (_resting.TryPop(out var rested))
        {
            if (time.GetElapsedTime(rested.Since) < LongestRest && await AnswersAsync(rested.Client, cancellationToken))
                return rested;
            rested.Client.Dispose();
        }
        var client = new SmtpClient
        {
            Timeout = TimeoutMilliseconds,
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || options.SkipTlsVerify,
        };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, options.Security, cancellationToken);
            await SignInAsync(client, cancellationToken);
            return new Connection(client, 0, 0);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public void GiveBack(Connection connection)
    {
        if (Volatile.Read(ref _isClosed) || connection.Mails + 1 >= MostMails)
            connection.Client.Dispose();
        else
            _resting.Push(new Connection(connection.Client, connection.Mails + 1, time.GetTimestamp()));
    }

    public void Dispose()
    {
        Volatile.Write(ref _isClosed, true);
        while (_resting.TryPop(out var rested))
            rested.Client.Dispose();
    }

    /// <summary>As daprd's: a server that knows no authentication is used without it.</summary>
    private async Task SignInAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        if (options is not { User: { } user, Password: { } password } || !client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
            return;
        if (!client.IsSecure && !options.IsLocal)
        {
            client.AuthenticationMechanisms.IntersectWith(["CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"]);
            if (client.AuthenticationMechanisms.Count == 0)
                throw new AuthenticationException("the connection is not encrypted, so the password is not sent");
        }
        await client.AuthenticateAsync(user, password, cancellationToken);
    }

    /// <summary>The server may have hung up meanwhile.</summary>
    private static async Task<bool> AnswersAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken);
            return client.IsConnected;
        }
        catch (Exception gone) when (gone is IOException or SmtpCommandException or SmtpProtocolException or MailKit.ServiceNotConnectedException)
        {
            return false;
        }
    }

    /// <param name="Mails">Sent on it so far.</param>
    /// <param name="Since">Time stamp of its coming to rest.</param>
    internal readonly record struct Connection(SmtpClient Client, int Mails, long Since);
}
