using Argosy.Sidecar.Resources;
using MimeKit;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary><c>bindings.smtp</c>: sends HTML mails through a mail server.</summary>
internal sealed class SmtpBinding(SmtpConnections connections, MailEnvelope defaults) : IOutputBinding, IDisposable
{
    private const char AddressSeparator = ';';

    public IReadOnlyList<string> Operations { get; } = ["create"];

    public static SmtpBinding Create(ComponentMetadata metadata, TimeProvider time) =>
        new(new SmtpConnections(SmtpOptions.From(metadata), time), MailEnvelope.Read(metadata));

    public async Task<BindingResponse?> InvokeAsync(BindingRequest request, CancellationToken cancellationToken)
    {
        using var message = Compose(defaults.With(request.Metadata), MailBody.Read(request.Data));
        try
        {
            var connection = await connections.TakeAsync(cancellationToken);
            try
            {
                await connection.Client.SendAsync(message, cancellationToken);
            }
            catch
            {
                // Wherever the conversation stands now, the next mail begins a new one.
                connection.Client.Dispose();
                throw;
            }
            connections.GiveBack(connection);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new IOException($"error from smtp binding, sending email failed: {failure.Message}", failure);
        }
        return null;
    }

    public void Dispose() => connections.Dispose();

    private static MimeMessage Compose(MailEnvelope envelope, string html)
    {
        var message = new MimeMessage { Subject = envelope.Subject, Body = new TextPart("html") { Text = html } };
        message.From.Add(Address(envelope.From));
        AddAddresses(message.To, envelope.To);
        if (message.To.Count == 0)
            throw InvalidAddress();
        AddAddresses(message.Cc, envelope.Cc);
        AddAddresses(message.Bcc, envelope.Bcc);
        message.Headers.Add("X-Priority", $"{envelope.Priority}");
        return message;
    }

    private static void AddAddresses(InternetAddressList list, string addresses)
    {
        foreach (var address in addresses.Split(AddressSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            list.Add(Address(address));
    }

    private static MailboxAddress Address(string text) => MailboxAddress.TryParse(text, out var address) ? address : throw InvalidAddress();

    /// <summary>Does not repeat the address, which is personal data.</summary>
    private static ArgumentException InvalidAddress() => new("error from smtp binding, sending email failed: invalid address");
}
