using System.Globalization;
using System.Text.Json;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary><c>bindings.mailbox</c>, which only this sidecar has: keeps mails as files instead of sending them, for laptops and tests. Its
/// <c>create</c> takes what <c>bindings.smtp</c> takes, and <c>messageId</c>: of mails with the same one only the first is kept.</summary>
internal sealed class MailboxBinding(MailboxFiles files, MailEnvelope defaults, TimeProvider time) : IOutputBinding, IInitialisedComponent
{
    private const int DefaultLimit = 50;
    // A page is one message of the API.
    private const int LargestLimit = 200;

    private readonly MailId _ids = new(time);

    public static IReadOnlyList<MetadataField> Fields { get; } = [new("rootPath", Required: true), .. MailEnvelope.Fields];

    public IReadOnlyList<string> Operations { get; } = ["create", "list", "get", "delete"];

    public static MailboxBinding Create(ComponentMetadata metadata, TimeProvider time) =>
        new(new MailboxFiles(LocalStorageRoot.From(metadata).Path), MailEnvelope.Read(metadata), time);

    public Task InitialiseAsync(CancellationToken cancellationToken)
    {
        files.Open();
        return Task.CompletedTask;
    }

    // The files are in the page cache when a call returns: they survive the death of the process, and waiting for the disk would buy nothing here.
    public Task<BindingResponse?> InvokeAsync(BindingRequest request, CancellationToken cancellationToken) => Task.FromResult(request.Operation switch
    {
        "create" => Keep(request),
        "list" => List(request.Metadata),
        "get" => Get(request.Metadata),
        _ => Delete(request.Metadata),
    });

    private BindingResponse Keep(BindingRequest request)
    {
        var envelope = defaults.With(request.Metadata);
        var (id, at) = _ids.Next();
        var messageId = request.Metadata.GetValueOrDefault("messageId") is { Length: > 0 } given ? given : id;
        var mail = new StoredMail(id, messageId, envelope.From, envelope.To, NullIfEmpty(envelope.Cc), NullIfEmpty(envelope.Bcc), envelope.Subject, MailBody.Read(request.Data), at);
        var kept = files.Add(mail) ?? id;
        return Answer(JsonSerializer.SerializeToUtf8Bytes(new MailReceipt(kept, messageId), MailJson.Default.MailReceipt));
    }

    private BindingResponse List(IReadOnlyDictionary<string, string> metadata)
    {
        var offset = Number(metadata, "offset", 0, int.MaxValue);
        var limit = Number(metadata, "limit", DefaultLimit, LargestLimit);
        var mails = metadata.GetValueOrDefault("messageIdPrefix") is { Length: > 0 } prefix ? files.List(prefix, offset, limit) : files.List(offset, limit);
        using var buffer = new MemoryStream();
        buffer.WriteByte((byte)'[');
        foreach (var mail in mails)
        {
            if (buffer.Length > 1)
                buffer.WriteByte((byte)',');
            buffer.Write(mail);
        }
        buffer.WriteByte((byte)']');
        return Answer(buffer.ToArray());
    }

    private BindingResponse Get(IReadOnlyDictionary<string, string> metadata)
    {
        var id = Id(metadata);
        return files.Read(id) is { } mail ? Answer(mail) : throw NoMail(id);
    }

    private BindingResponse? Delete(IReadOnlyDictionary<string, string> metadata)
    {
        var id = Id(metadata);
        return files.Delete(id) ? null : throw NoMail(id);
    }

    private static string Id(IReadOnlyDictionary<string, string> metadata) =>
        metadata.GetValueOrDefault("id") is { Length: > 0 } id ? id : throw new ArgumentException("required metadata not set: id");

    private static ArgumentException NoMail(string id) => new($"no mail with id '{id}'");

    private static int Number(IReadOnlyDictionary<string, string> metadata, string name, int fallback, int largest)
    {
        if (metadata.GetValueOrDefault(name) is not { Length: > 0 } text)
            return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest
            ? number
            : throw new ArgumentException($"{name} is '{text}', expected a whole number from 0 to {largest}");
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;

    private static BindingResponse Answer(byte[] json) => new(json, BindingResponse.NoMetadata);
}
