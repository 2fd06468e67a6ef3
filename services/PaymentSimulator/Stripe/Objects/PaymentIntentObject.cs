using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>Stripe's PaymentIntent.</summary>
internal sealed record PaymentIntentObject
{
    public required string Id { get; init; }

    public string Object { get; } = "payment_intent";

    public required long Amount { get; init; }

    public required long AmountCapturable { get; init; }

    public AmountDetailsObject AmountDetails { get; } = new();

    public required long AmountReceived { get; init; }

    public string? Application { get; }

    public long? ApplicationFeeAmount { get; }

    public required AutomaticPaymentMethodsObject? AutomaticPaymentMethods { get; init; }

    public required long? CanceledAt { get; init; }

    public required string? CancellationReason { get; init; }

    public required string CaptureMethod { get; init; }

    public required string ClientSecret { get; init; }

    public string ConfirmationMethod { get; } = "automatic";

    public required long Created { get; init; }

    public required string Currency { get; init; }

    public string? Customer { get; }

    public required string? Description { get; init; }

    public IReadOnlyList<string>? ExcludedPaymentMethodTypes { get; }

    public required StripeError? LastPaymentError { get; init; }

    /// <summary>The charge's id, or the charge where that was asked for.</summary>
    public required object? LatestCharge { get; init; }

    public bool Livemode { get; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required NextActionObject? NextAction { get; init; }

    public string? OnBehalfOf { get; }

    public required string? PaymentMethod { get; init; }

    public object? PaymentMethodConfigurationDetails { get; }

    public PaymentMethodOptionsObject PaymentMethodOptions { get; } = new();

    public IReadOnlyList<string> PaymentMethodTypes { get; } = ["card"];

    public object? Processing { get; }

    public string? ReceiptEmail { get; }

    public string? Review { get; }

    public string? SetupFutureUsage { get; }

    public object? Shipping { get; }

    public string? Source { get; }

    public string? StatementDescriptor { get; }

    public required string? StatementDescriptorSuffix { get; init; }

    public required string Status { get; init; }

    public object? TransferData { get; }

    public string? TransferGroup { get; }

    /// <param name="expand">Puts the latest charge itself in the place of its id.</param>
    public static PaymentIntentObject Of(PaymentIntent intent, bool expand = false) => new()
    {
        Id = intent.Id,
        Amount = intent.Amount,
        AmountCapturable = intent.AmountCapturable,
        AmountReceived = intent.AmountReceived,
        AutomaticPaymentMethods = intent.AllowRedirects is { } redirects ? new AutomaticPaymentMethodsObject(redirects) : null,
        CanceledAt = intent.CanceledAt?.ToUnixTimeSeconds(),
        CancellationReason = intent.CancellationReason,
        CaptureMethod = intent.CaptureMethod,
        ClientSecret = intent.ClientSecret,
        Created = intent.CreatedAt.ToUnixTimeSeconds(),
        Currency = intent.Currency,
        Description = intent.Description,
        LastPaymentError = intent.LastFailure is { } failure ? StripeError.Of(failure, intent.CreatedAt) : null,
        LatestCharge = expand && intent.LatestCharge is { } charge ? ChargeObject.Of(charge) : intent.LatestChargeId,
        Metadata = intent.Metadata,
        NextAction = NextActionObject.Of(intent),
        PaymentMethod = intent.PaymentMethodId,
        StatementDescriptorSuffix = intent.StatementDescriptorSuffix,
        Status = StripeName<IntentStatus>.Of(intent.Status),
    };
}

internal sealed record AmountDetailsObject
{
    public IReadOnlyDictionary<string, long> Tip { get; } = new Dictionary<string, long>();
}

internal sealed record AutomaticPaymentMethodsObject(string AllowRedirects)
{
    public bool Enabled { get; } = true;
}

internal sealed record PaymentMethodOptionsObject
{
    public CardOptionsObject Card { get; } = new();
}

internal sealed record CardOptionsObject
{
    public object? Installments { get; }

    public object? MandateOptions { get; }

    public string? Network { get; }

    public string RequestThreeDSecure { get; } = "automatic";
}
