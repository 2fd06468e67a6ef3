namespace Argosy.Ordering.Domain;

/// <summary>Stable codes of why an order was cancelled.</summary>
internal static class CancelReason
{
    public const string CustomerRequest = "customer-request";

    public const string OutOfStock = "out-of-stock";

    /// <summary>The stock was held, but confirming took longer than its lease.</summary>
    public const string ReservationExpired = "reservation-expired";

    /// <summary>A step failed for good although it was retried.</summary>
    public const string ProcessingFailed = "processing-failed";
}
