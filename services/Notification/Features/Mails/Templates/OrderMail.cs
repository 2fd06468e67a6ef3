using Argosy.Contracts.Ordering;
using Argosy.Notification.Domain;

namespace Argosy.Notification.Features.Mails.Templates;

/// <summary>A mail as it leaves. It works without pictures and styles, reads in order aloud, and its table is a real one.</summary>
internal sealed record OrderMail(string Subject, string Html)
{
    private const string Page = "margin:0;padding:24px 16px;background:#f4f5f7;color:#1c2430;font:16px/1.5 Helvetica,Arial,sans-serif";
    private const string Sheet = "max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px";
    private const string Title = "margin:0 0 16px;font-size:24px;line-height:1.25";
    private const string Button = "display:inline-block;padding:12px 20px;background:#0b5cad;color:#ffffff;border-radius:6px;text-decoration:none;font-weight:bold";
    private const string Cell = "padding:8px 0;border-bottom:1px solid #d9dde3;vertical-align:top";
    private const string Amount = $"{Cell};text-align:right;white-space:nowrap";

    /// <param name="link">The order's page; null leaves the link out.</param>
    public static OrderMail Of(OrderNotice notice, OrderContact contact, string? link)
    {
        var text = StepText.Of(notice);
        var subject = $"{text.Subject} ({contact.Number})";
        var html = Templates.Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{subject}</title>
            </head>
            <body style="{Page}">
            <main style="{Sheet}">
            <h1 style="{Title}">{text.Subject}</h1>
            <p>Hello {contact.Name},</p>
            {text.Message}
            {(link is null ? Templates.Html.None : Templates.Html.Of($"""<p style="margin:24px 0"><a href="{link}" style="{Button}">{text.Link}</a></p>"""))}
            <h2 style="margin:24px 0 8px;font-size:18px">Order {contact.Number}</h2>
            <table style="width:100%;border-collapse:collapse">
            <thead><tr><th scope="col" style="{Cell};text-align:left">Item</th><th scope="col" style="{Amount}">Quantity</th><th scope="col" style="{Amount}">Price</th></tr></thead>
            <tbody>{Templates.Html.Join(contact.Lines.Select(Row))}</tbody>
            <tfoot><tr><th scope="row" colspan="2" style="{Cell};text-align:left">Total</th><td style="{Amount};font-weight:bold">{MoneyText.Of(contact.Total)}</td></tr></tfoot>
            </table>
            <p style="margin:24px 0 0;color:#515c6b;font-size:14px">You get this mail because you placed an order with us.</p>
            </main>
            </body>
            </html>
            """);
        return new OrderMail(subject, html.Text);
    }

    private static Html Row(OrderEventLine line) => Templates.Html.Of(
        $"""<tr><td style="{Cell}">{line.Title}</td><td style="{Amount}">{line.Quantity}</td><td style="{Amount}">{MoneyText.Of(line.UnitPrice * line.Quantity)}</td></tr>""");
}
