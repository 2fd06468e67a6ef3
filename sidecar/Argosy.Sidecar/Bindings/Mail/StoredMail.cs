using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary>A mail as the mailbox keeps it and gives it out.</summary>
/// <param name="Id">The mailbox's own name for it; ids sort by time.</param>
/// <param name="MessageId">The sender's name for it, or the id where there is none.</param>
internal sealed record StoredMail(string Id, string MessageId, string From, string To, string? Cc, string? Bcc, string Subject, string Body, DateTimeOffset SentAt);

/// <summary>What <c>create</c> answers.</summary>
internal sealed record MailReceipt(string Id, string MessageId);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(StoredMail))]
[JsonSerializable(typeof(MailReceipt))]
internal sealed partial class MailJson : JsonSerializerContext;
