namespace Argosy.Contracts.Notification;

/// <summary>What the hub <c>/hubs/notifications</c> sends to an order's owner as <see cref="Method"/>.</summary>
/// <param name="Status">The order's new status, for example <c>confirmed</c>.</param>
/// <param name="Reason">Stable code of a cancellation; null otherwise.</param>
public sealed record OrderNews(string OrderId, string Number, string Status, string? Reason, DateTimeOffset At)
{
    /// <summary>The client method that is invoked.</summary>
    public const string Method = "orderChanged";
}
