using Argosy.Contracts.Http;
using Argosy.Notification.Domain;
using Argosy.Notification.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Notification.Features.Mailbox;

/// <summary>Shows sent mails where they are kept instead of delivered, on a laptop and in tests.</summary>
internal static class GetMailbox
{
    private static readonly DomainError NotAvailable = new("mailbox-not-available", "Mails are delivered here, not kept.", StatusCodes.Status404NotFound);

    public static void MapGetMailbox(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/system/mailbox", HandleAsync)
            .WithName("GetMailbox").WithTags("System")
            .WithSummary("Sent mails, newest first: a guest's own, or all for an operator; only where mails are kept instead of delivered")
            .Produces<Paged<MailView>>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid? orderId, CustomerId customer, PageRequest page, HttpContext http, NotificationContext context, Mailbox mailbox, CancellationToken cancellationToken)
    {
        var sent = context.Notices.AsNoTracking().Where(notice => notice.MailState == MailState.Sent);
        if (http.Request.Headers[ArgosyHeaders.Role] != "operator")
            sent = sent.Where(notice => notice.CustomerId == customer.Value);
        if (orderId is not null)
            sent = sent.Where(notice => notice.OrderId == orderId);
        var notices = await sent.OrderByDescending(notice => notice.Sequence).Skip(page.Skip).Take(page.PageSize).ToListAsync(cancellationToken);

        var mails = new Dictionary<string, StoredMail>();
        // Asked even when there is nothing to show, so that the answer does not depend on that.
        foreach (var order in notices.Select(notice => notice.OrderId).DefaultIfEmpty(orderId ?? Guid.Empty).Distinct())
        {
            if (await mailbox.ListAsync(order, cancellationToken) is not { } found)
                return NotAvailable.ToProblem();
            foreach (var mail in found)
                mails[mail.MessageId] = mail;
        }
        http.Response.Headers.CacheControl = "no-store";
        // A mail that was deleted from the mailbox is missing.
        var items = notices.Where(notice => mails.ContainsKey(notice.MessageId)).Select(notice => MailView.Of(notice, mails[notice.MessageId]));
        return Results.Ok(new Paged<MailView>([.. items], page.Page, page.PageSize, await sent.CountAsync(cancellationToken)));
    }
}
