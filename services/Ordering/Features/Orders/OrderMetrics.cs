using System.Diagnostics.Metrics;

namespace Argosy.Ordering.Features.Orders;

/// <summary>What an operator watches.</summary>
internal sealed class OrderMetrics
{
    private readonly Counter<long> _placed;
    private readonly Counter<long> _confirmed;
    private readonly Counter<long> _cancelled;
    private readonly Counter<long> _shipped;
    private readonly Histogram<double> _timeToConfirm;

    public OrderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("argosy.ordering");
        _placed = meter.CreateCounter<long>("argosy.orders.placed", description: "Orders accepted.");
        _confirmed = meter.CreateCounter<long>("argosy.orders.confirmed", description: "Orders confirmed.");
        _cancelled = meter.CreateCounter<long>("argosy.orders.cancelled", description: "Orders cancelled, by reason.");
        _shipped = meter.CreateCounter<long>("argosy.orders.shipped", description: "Orders paid and handed to a carrier.");
        _timeToConfirm = meter.CreateHistogram<double>("argosy.orders.time_to_confirm", "s", "From acceptance to confirmation.");
    }

    public void Placed() => _placed.Add(1);

    public void Confirmed(TimeSpan sinceAccepted)
    {
        _confirmed.Add(1);
        _timeToConfirm.Record(sinceAccepted.TotalSeconds);
    }

    public void Shipped() => _shipped.Add(1);

    public void Cancelled(string reason) => _cancelled.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
