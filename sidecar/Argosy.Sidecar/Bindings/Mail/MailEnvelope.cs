using System.Globalization;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary>From whom, to whom and about what a mail is: what a request says, and for the rest what the component says.</summary>
/// <param name="To">Addresses, separated by semicolons, as in <paramref name="Cc"/> and <paramref name="Bcc"/>.</param>
/// <param name="Priority">1 (highest) to 5.</param>
internal sealed record MailEnvelope(string From, string To, string Cc, string Bcc, string Subject, int Priority)
{
    private const int DefaultPriority = 3;

    public static IReadOnlyList<MetadataField> Fields { get; } =
        [new("emailFrom"), new("emailTo"), new("emailCC"), new("emailBCC"), new("subject"), new("priority", MetadataKind.Integer)];

    public static MailEnvelope Read(ComponentMetadata metadata)
    {
        var priority = metadata.Integer("priority", DefaultPriority);
        return IsPriority(priority)
            ? new MailEnvelope(metadata.Text("emailFrom", ""), metadata.Text("emailTo", ""), metadata.Text("emailCC", ""), metadata.Text("emailBCC", ""), metadata.Text("subject", ""), priority)
            : throw metadata.Invalid("priority", $"{priority}", "a number from 1 (highest) to 5");
    }

    /// <summary>The envelope of one request. daprd's own binding keeps what a request says for the calls after it, which sends a mail to the
    /// addresses of an earlier one when it names fewer; here each request stands alone.</summary>
    /// <exception cref="ArgumentException">Sender, receiver or subject is missing, or the priority is none.</exception>
    public MailEnvelope With(IReadOnlyDictionary<string, string> request)
    {
        var merged = new MailEnvelope(Text("emailFrom", From), Text("emailTo", To), Text("emailCC", Cc), Text("emailBCC", Bcc), Text("subject", Subject), ReadPriority(request, Priority));
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("emailFrom", merged.From), ("emailTo", merged.To), ("subject", merged.Subject)])
        {
            if (value.Length == 0)
                throw new ArgumentException($"{name} property not supplied in configuration- or request-metadata");
        }
        return merged;

        string Text(string name, string fallback) => request.GetValueOrDefault(name) is { Length: > 0 } value ? value : fallback;
    }

    private static int ReadPriority(IReadOnlyDictionary<string, string> request, int fallback)
    {
        if (request.GetValueOrDefault("priority") is not { Length: > 0 } text)
            return fallback;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority) && IsPriority(priority)
            ? priority
            : throw new ArgumentException("priority value must be between 1 (highest) and 5 (lowest)");
    }

    private static bool IsPriority(int value) => value is >= 1 and <= 5;
}
