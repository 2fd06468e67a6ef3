using System.Text;
using Argosy.Contracts;
using Argosy.Contracts.Ordering;
using Argosy.Notification.Domain;
using Argosy.Notification.Features.Mails.Templates;
using Dapr.Client;
using Microsoft.Extensions.Options;

namespace Argosy.Notification.Features.Mails;

/// <summary>Hands one mail to the output binding <c>email</c>.</summary>
/// <remarks>What is guaranteed depends on the component. All attempts for a mail carry the same <c>messageId</c>, so a component that
/// remembers ids (the development sidecar's mailbox) keeps exactly one. SMTP has no such memory: a process that dies between the server's
/// taking the mail and our noting it sends the mail a second time. So it is at least once there, and exactly once unless something dies.</remarks>
internal sealed class Mailer(DaprClient dapr, IOptions<NotificationOptions> options)
{
    private readonly string? _shop = ServiceDefaults.Http.PublicUrlAttribute.OriginOf(options.Value.PublicUrl);

    public async Task SendAsync(OrderNotice notice, OrderContact contact, CancellationToken cancellationToken)
    {
        if (!IsOneAddress(contact.Email))
            throw new MailRefusedException("the order's address is not one plain address");
        var mail = OrderMail.Of(notice, contact, _shop is null ? null : $"{_shop}/orders/{notice.OrderId}");
        var request = new BindingRequest(ComponentNames.Email, "create") { Data = Encoding.UTF8.GetBytes(mail.Html) };
        request.Metadata["emailTo"] = contact.Email;
        request.Metadata["subject"] = mail.Subject;
        request.Metadata["messageId"] = notice.MessageId;
        await dapr.InvokeBindingAsync(request, cancellationToken);
    }

    // The binding takes a list, separated by semicolons: an address must not be able to become several.
    private static bool IsOneAddress(string email) => email.Contains('@') && !email.Any(character => character is ';' or ',' || char.IsWhiteSpace(character) || char.IsControl(character));
}

/// <summary>A mail that cannot be sent as it is; the message holds no personal data.</summary>
internal sealed class MailRefusedException(string message) : Exception(message);
