using System.Diagnostics.Metrics;
using Argosy.Payment.Domain;

namespace Argosy.Payment.Features.Payments;

/// <summary>What an operator watches.</summary>
internal sealed class PaymentMetrics
{
    private readonly Counter<long> _authorized;
    private readonly Counter<long> _declined;
    private readonly Counter<long> _captured;
    private readonly Counter<long> _voided;
    private readonly Counter<long> _refunded;

    public PaymentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("argosy.payment");
        _authorized = meter.CreateCounter<long>("argosy.payments.authorized", description: "Payments whose money is held.");
        _declined = meter.CreateCounter<long>("argosy.payments.declined", description: "Payments refused, by code.");
        _captured = meter.CreateCounter<long>("argosy.payments.captured", description: "Payments taken.");
        _voided = meter.CreateCounter<long>("argosy.payments.voided", description: "Payments given up before they were taken.");
        _refunded = meter.CreateCounter<long>("argosy.payments.refunded", description: "Payments given back.");
    }

    public void Took(PaymentStep step)
    {
        switch (step.Trigger)
        {
            case PaymentTrigger.Authorize:
                _authorized.Add(1);
                break;
            case PaymentTrigger.Decline:
                _declined.Add(1, new KeyValuePair<string, object?>("code", step.FailureCode));
                break;
            case PaymentTrigger.Capture:
                _captured.Add(1);
                break;
            case PaymentTrigger.Void:
                _voided.Add(1);
                break;
            case PaymentTrigger.Refund:
                _refunded.Add(1);
                break;
        }
    }
}
