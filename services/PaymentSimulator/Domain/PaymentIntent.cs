namespace Argosy.PaymentSimulator.Domain;

/// <summary>A payment from its announcement to its end, with Stripe's state machine for cards. Whoever calls a move has checked
/// <see cref="IntentMoves"/> for it; a move that is not allowed is a bug and throws.</summary>
internal sealed class PaymentIntent : IStripeResource
{
    public required string Id { get; init; }

    public required string ClientSecret { get; init; }

    public IntentStatus Status { get; private set; } = IntentStatus.RequiresPaymentMethod;

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary><c>automatic</c>, <c>automatic_async</c> or <c>manual</c>.</summary>
    public required string CaptureMethod { get; init; }

    /// <summary>Whether payment methods that redirect may be used; null when the client has named the payment methods itself.</summary>
    public string? AllowRedirects { get; init; }

    public string? Description { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long AmountCapturable { get; private set; }

    public long AmountReceived { get; private set; }

    public string? PaymentMethodId { get; private set; }

    public string? PaymentMethodName { get; private set; }

    /// <summary>What the last payment method said of webhooks; null leaves it to the settings.</summary>
    public WebhookBehaviour? Webhooks { get; private set; }

    public string? ReturnUrl { get; set; }

    public ChallengeStatus? Challenge { get; private set; }

    public PaymentFailure? LastFailure { get; private set; }

    public string? LatestChargeId { get; private set; }

    public Charge? LatestCharge { get; private set; }

    public string? CancellationReason { get; private set; }

    public DateTimeOffset? CanceledAt { get; private set; }

    public long Version { get; private set; } = 1;

    public void Attach(TestPaymentMethod method)
    {
        PaymentMethodId = StripeIds.PaymentMethod();
        PaymentMethodName = method.Name;
        Webhooks = method.Webhooks;
        Challenge = null;
        Status = IntentStatus.RequiresConfirmation;
        Version++;
    }

    /// <summary>Pays with the attached payment method, or asks the customer first.</summary>
    public void Confirm(PaymentPlan plan, DateTimeOffset now)
    {
        IntentMoves.Confirm.Demand(this);
        if (PaymentMethodId is null)
            throw new InvalidOperationException("A payment intent without a payment method cannot be confirmed.");
        LastFailure = null;
        Challenge = null;
        if (!plan.Ask)
        {
            Charge(plan.Decline, authenticated: false, now);
            return;
        }
        Status = IntentStatus.RequiresAction;
        Challenge = ChallengeStatus.Open;
        Version++;
    }

    /// <summary>Fails at once, because there is nobody to ask.</summary>
    public void Refuse(Decline decline) =>
        Fail(PaymentFailure.Of(decline, chargeId: null, PaymentMethodId!, PaymentMethodName!));

    public void Approve(DateTimeOffset now)
    {
        IntentMoves.Authenticate.Demand(this);
        Challenge = ChallengeStatus.Approved;
        Charge(TestPaymentMethods.Find(PaymentMethodName!)?.Decline, authenticated: true, now);
    }

    public void DeclineChallenge()
    {
        IntentMoves.Authenticate.Demand(this);
        Challenge = ChallengeStatus.Declined;
        Fail(PaymentFailure.Authentication(PaymentMethodId!, PaymentMethodName!));
    }

    /// <param name="amount">At most what is held; the rest is given up.</param>
    public void Capture(long amount)
    {
        IntentMoves.Capture.Demand(this);
        LatestCharge!.Capture(amount);
        AmountCapturable = 0;
        AmountReceived = amount;
        Status = IntentStatus.Succeeded;
        Version++;
    }

    public void Cancel(string? reason, DateTimeOffset now)
    {
        IntentMoves.Cancel.Demand(this);
        if (Status == IntentStatus.RequiresCapture)
            LatestCharge!.Release();
        if (Challenge == ChallengeStatus.Open)
            Challenge = ChallengeStatus.Declined;
        AmountCapturable = 0;
        CancellationReason = reason;
        CanceledAt = now;
        Status = IntentStatus.Canceled;
        Version++;
    }

    /// <summary>Gives captured money back; the intent itself stays <c>succeeded</c>.</summary>
    public Refund Refund(long amount, string? reason, IReadOnlyDictionary<string, string> metadata, DateTimeOffset now)
    {
        LatestCharge!.Refund(amount);
        Version++;
        return new Refund
        {
            Id = StripeIds.Refund(),
            PaymentIntentId = Id,
            ChargeId = LatestCharge.Id,
            Amount = amount,
            Currency = Currency,
            Reason = reason,
            Metadata = metadata,
            CreatedAt = now,
        };
    }

    private void Charge(Decline? decline, bool authenticated, DateTimeOffset now)
    {
        LatestCharge = new Charge
        {
            Id = StripeIds.Charge(),
            PaymentIntentId = Id,
            OrderId = Metadata.GetValueOrDefault("order_id"),
            Succeeded = decline is null,
            Amount = Amount,
            Currency = Currency,
            FailureCode = decline?.Code,
            DeclineCode = decline?.DeclineCode,
            FailureMessage = decline?.Message,
            PaymentMethodId = PaymentMethodId!,
            PaymentMethodName = PaymentMethodName!,
            Authenticated = authenticated,
            Description = Description,
            Metadata = Metadata,
            StatementDescriptorSuffix = StatementDescriptorSuffix,
            CreatedAt = now,
        };
        LatestChargeId = LatestCharge.Id;
        if (decline is not null)
        {
            Fail(PaymentFailure.Of(decline, LatestChargeId, PaymentMethodId!, PaymentMethodName!));
            return;
        }
        AmountCapturable = Amount;
        Status = IntentStatus.RequiresCapture;
        Version++;
        if (CaptureMethod != "manual")
            Capture(Amount);
    }

    private void Fail(PaymentFailure failure)
    {
        LastFailure = failure;
        PaymentMethodId = null;
        PaymentMethodName = null;
        Status = IntentStatus.RequiresPaymentMethod;
        Version++;
    }
}
