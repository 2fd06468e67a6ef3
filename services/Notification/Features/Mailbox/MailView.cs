using Argosy.Notification.Domain;

namespace Argosy.Notification.Features.Mailbox;

/// <summary>A sent mail.</summary>
/// <param name="Body">HTML.</param>
/// <param name="Step">The order's step it is about, for example <c>confirmed</c>.</param>
internal sealed record MailView(string Id, string To, string Subject, string Body, string OrderId, string Step, DateTimeOffset SentAt)
{
    public static MailView Of(OrderNotice notice, StoredMail mail) =>
        new(mail.Id, mail.To, mail.Subject, mail.Body, notice.OrderId.ToString(), OrderStepName.Of(notice.Step), mail.SentAt);
}
