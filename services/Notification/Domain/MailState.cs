namespace Argosy.Notification.Domain;

/// <summary>What became of the mail about a step.</summary>
internal enum MailState
{
    /// <summary>Still to be sent, perhaps after failed attempts.</summary>
    Pending,

    /// <summary>The mail component has taken it.</summary>
    Sent,

    /// <summary>Given up.</summary>
    Failed,
}
