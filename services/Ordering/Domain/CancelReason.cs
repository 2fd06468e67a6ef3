namespace Argosy.Ordering.Domain;

/// <summary>Stable codes of why an order was cancelled.</summary>
internal static class CancelReason
{
    public const string CustomerRequest = "customer-request";

    public const string OutOfStock = "out-of-stock";

    /// <summary>The stock was held, but confirming took longer than its lease.</summary>
    public const string ReservationExpired = "reservation-expired";

    /// <summary>The bank refused the payment.</summary>
    public const string PaymentDeclined = "payment-declined";

    /// <summary>The bank asked for the customer, who did not answer in time.</summary>
    public const string PaymentActionExpired = "payment-action-expired";

    /// <summary>The payment was given up, or what was authorized could no longer be captured.</summary>
    public const string PaymentFailed = "payment-failed";

    /// <summary>A step failed for good although it was retried.</summary>
    public const string ProcessingFailed = "processing-failed";
}
