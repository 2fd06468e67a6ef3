namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>Stripe's Event.</summary>
internal sealed record EventObject(string Id, long Created, EventDataObject Data, EventRequestObject Request, string Type)
{
    public string Object { get; } = "event";

    public string ApiVersion { get; } = StripeVersion.Current;

    public bool Livemode { get; }

    public int PendingWebhooks { get; } = 1;
}

/// <summary>What it happened to, as it was then.</summary>
internal sealed record EventDataObject(object Object);

/// <summary>The call that made it happen; empty when it was the customer's doing.</summary>
internal sealed record EventRequestObject(string? Id, string? IdempotencyKey);
