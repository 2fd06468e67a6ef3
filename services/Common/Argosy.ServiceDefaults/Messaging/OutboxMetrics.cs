using System.Diagnostics.Metrics;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>What an operator needs to see that events flow.</summary>
internal sealed class OutboxMetrics
{
    private readonly Counter<long> _published;
    private readonly Counter<long> _failures;

    public OutboxMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("argosy.outbox");
        _published = meter.CreateCounter<long>("argosy.outbox.published", description: "Events the broker has accepted.");
        _failures = meter.CreateCounter<long>("argosy.outbox.failures", description: "Attempts to publish that failed.");
        meter.CreateObservableGauge("argosy.outbox.backlog", () => Backlog, description: "Committed events that are not with the broker yet.");
    }

    public long Backlog { get; set; }

    public void Published(int count) => _published.Add(count);

    public void Failed() => _failures.Add(1);
}
