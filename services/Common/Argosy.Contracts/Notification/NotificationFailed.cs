namespace Argosy.Contracts.Notification;

/// <summary>A mail about an order could not be sent and is given up.</summary>
/// <param name="Step">The order's step it was about, for example <c>confirmed</c>.</param>
public sealed record NotificationFailed(string OrderId, string Step, DateTimeOffset FailedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "notification-failed";
}
