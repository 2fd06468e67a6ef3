using System.Text.Json;
using Argosy.Contracts;
using Argosy.ServiceDefaults;
using Dapr;
using Dapr.Client;

namespace Argosy.Notification.Features.Mailbox;

/// <summary>Reads the mails that the binding <c>email</c> keeps, where it keeps any: the development sidecar's mailbox does, SMTP does not.</summary>
internal sealed class Mailbox(DaprClient dapr)
{
    // An order has one mail per step; there are not that many steps.
    private const int MostMailsOfOneOrder = 100;

    /// <returns>The order's mails; null when the binding cannot list.</returns>
    public async Task<IReadOnlyList<StoredMail>?> ListAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var request = new BindingRequest(ComponentNames.Email, "list");
        request.Metadata["messageIdPrefix"] = $"{orderId}.";
        request.Metadata["limit"] = $"{MostMailsOfOneOrder}";
        try
        {
            var answer = await dapr.InvokeBindingAsync(request, cancellationToken);
            return JsonSerializer.Deserialize<List<StoredMail>>(answer.Data.Span, ArgosyJson.Options);
        }
        catch (DaprException failure) when (CannotList(failure))
        {
            return null;
        }
    }

    // The sidecar has one status for every failure of a binding; only its words tell a binding that lacks the operation, or that is not
    // there at all, from one that is out of order.
    private static bool CannotList(DaprException failure) =>
        failure.InnerException?.Message is { } reason
        && (reason.Contains("does not support operation", StringComparison.Ordinal) || reason.Contains("couldn't find output binding", StringComparison.Ordinal));
}

/// <summary>A mail as the mailbox gives it out.</summary>
internal sealed record StoredMail(string Id, string MessageId, string To, string Subject, string Body, DateTimeOffset SentAt);
