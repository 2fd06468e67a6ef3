using Argosy.Sidecar.Resources;
using MailKit.Security;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary>The mail server of <c>bindings.smtp</c>.</summary>
/// <param name="User">Null when the server asks for none.</param>
internal sealed record SmtpOptions(string Host, int Port, string? User, string? Password, bool SkipTlsVerify)
{
    // Port 465 speaks TLS from the first byte; on any other it is begun when the server offers it. So does the library of daprd's binding.
    private const int ImplicitTlsPort = 465;

    public static IReadOnlyList<MetadataField> Fields { get; } =
    [
        new("host", Required: true),
        new("port", MetadataKind.Integer, Required: true),
        new("user"),
        new("password"),
        new("skipTLSVerify", MetadataKind.Flag),
        .. MailEnvelope.Fields,
    ];

    public SecureSocketOptions Security => Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;

    /// <summary>Passwords may cross a connection within this machine in the clear, and no other.</summary>
    public bool IsLocal => Host is "localhost" or "127.0.0.1" or "::1";

    public static SmtpOptions From(ComponentMetadata metadata)
    {
        var port = metadata.Integer("port", 0);
        if (port is < 1 or > 65535)
            throw metadata.Invalid("port", $"{port}", "a port number");
        metadata.TryGet("user", out var user);
        metadata.TryGet("password", out var password);
        if (user is null != password is null)
            throw metadata.Invalid(user is null ? "user" : "password", "", "both user and password, or neither");
        return new SmtpOptions(metadata.Required("host"), port, user, password, metadata.Flag("skipTLSVerify"));
    }
}
