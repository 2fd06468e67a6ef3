using System.Diagnostics.Metrics;

namespace Argosy.Notification.Features;

/// <summary>What an operator watches.</summary>
internal sealed class NotificationMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _givenUp;
    private readonly Counter<long> _news;
    private readonly UpDownCounter<long> _connections;

    public NotificationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("argosy.notification");
        _sent = meter.CreateCounter<long>("argosy.mails.sent", description: "Mails the mail component has taken.");
        _failed = meter.CreateCounter<long>("argosy.mails.failed", description: "Attempts to send a mail that failed.");
        _givenUp = meter.CreateCounter<long>("argosy.mails.given_up", description: "Mails given up after the last attempt.");
        _news = meter.CreateCounter<long>("argosy.news.sent", description: "News sent to customers who have the shop open.");
        _connections = meter.CreateUpDownCounter<long>("argosy.news.connections", description: "Open connections for live news.");
    }

    public void MailsSent(int count) => _sent.Add(count);

    public void MailsFailed(int count) => _failed.Add(count);

    public void MailGivenUp() => _givenUp.Add(1);

    public void NewsSent() => _news.Add(1);

    public void Connected() => _connections.Add(1);

    public void Disconnected() => _connections.Add(-1);
}
