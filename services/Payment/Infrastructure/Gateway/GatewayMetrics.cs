using System.Diagnostics.Metrics;

namespace Argosy.Payment.Infrastructure.Gateway;

/// <summary>How the gateway serves us.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _latency;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("argosy.payment");
        _failures = meter.CreateCounter<long>("argosy.payment.gateway.failures", description: "Calls to the payment gateway that told nothing of the payment, by operation and fault.");
        _latency = meter.CreateHistogram<double>("argosy.payment.gateway.latency", "s", "Time the payment gateway takes, by operation.");
    }

    public void Failed(string operation, GatewayFault fault) =>
        _failures.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("fault", fault.ToString().ToLowerInvariant()));

    public void Took(string operation, TimeSpan time) => _latency.Record(time.TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
}
