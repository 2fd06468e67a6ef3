namespace Argosy.Notification.Features.Mails.Templates;

/// <summary>Reasons of a cancellation in words.</summary>
internal static class CancellationText
{
    /// <param name="reason">The stable code; one that is new to us gets words that are true of any.</param>
    public static string Of(string? reason) => reason switch
    {
        "customer-request" => "you asked us to cancel it.",
        "out-of-stock" => "something you ordered is sold out.",
        "reservation-expired" => "we could not hold the goods for you long enough.",
        "payment-declined" => "your bank declined the payment.",
        "payment-action-expired" => "the payment was not confirmed in time.",
        "payment-failed" => "the payment did not go through.",
        "processing-failed" => "something went wrong on our side. We are sorry for that.",
        _ => "we could not complete it.",
    };
}
