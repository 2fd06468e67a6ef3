namespace Argosy.Notification.Domain;

/// <summary>The names mail states are stored under.</summary>
internal static class MailStateName
{
    public static string Of(MailState state) => state.ToString().ToLowerInvariant();

    public static MailState Parse(string name) => Enum.Parse<MailState>(name, ignoreCase: true);
}
