namespace Argosy.Notification.Features;

/// <summary>Tells the loops of this process that it has written notices. Those of other replicas are found by looking.</summary>
internal sealed class NewNotices : IDisposable
{
    /// <summary>Heard by live news.</summary>
    public WakeUp News { get; } = new();

    /// <summary>Heard by the mail sender.</summary>
    public WakeUp Mails { get; } = new();

    public void Written()
    {
        News.Call();
        Mails.Call();
    }

    public void Dispose()
    {
        News.Dispose();
        Mails.Dispose();
    }
}
