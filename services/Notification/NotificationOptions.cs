using System.ComponentModel.DataAnnotations;
using Argosy.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Argosy.Notification;

/// <summary>The service's settings, from the environment (<c>PublicUrl</c>, <c>Mail__MaximumAttempts</c>, …) or appsettings.</summary>
internal sealed class NotificationOptions
{
    /// <summary>The shop's address (<c>https://shop.example</c>) for links in mails; without it they have none.</summary>
    [PublicUrl]
    public string? PublicUrl { get; set; }

    [ValidateObjectMembers]
    public MailOptions Mail { get; set; } = new();
}

internal sealed class MailOptions
{
    /// <summary>Attempts before a mail is given up. With the default pauses that takes about four hours.</summary>
    [Range(1, 100)]
    public int MaximumAttempts { get; set; } = 16;

    /// <summary>Pause after the first failed attempt; each further one is twice as long.</summary>
    [Range(1, 3600)]
    public int FirstPauseSeconds { get; set; } = 5;

    [Range(1, 86400)]
    public int LongestPauseSeconds { get; set; } = 1800;

    /// <summary>How long one attempt may take.</summary>
    [Range(1, 300)]
    public int AttemptSeconds { get; set; } = 15;

    /// <summary>How long a replica has the mails it takes for itself; when it dies, the others wait that long.</summary>
    [Range(1, 3600)]
    public int LeaseSeconds { get; set; } = 60;

    /// <summary>Mails sent at the same time.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;
}

/// <summary>Checks the settings at start, without reflection.</summary>
[OptionsValidator]
internal sealed partial class NotificationOptionsValidator : IValidateOptions<NotificationOptions>;
