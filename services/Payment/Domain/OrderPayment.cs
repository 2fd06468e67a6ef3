using Argosy.Contracts;
using Argosy.Contracts.Payment;

namespace Argosy.Payment.Domain;

/// <summary>The payment of an order. Every change of state goes through <see cref="PaymentTransitions"/>.</summary>
internal sealed class OrderPayment
{
    /// <summary>ISO 4217: no currency.</summary>
    private const string NoCurrency = "XXX";

    private OrderPayment()
    {
    }

    public Guid OrderId { get; private init; }

    public PaymentState State { get; private set; }

    /// <summary>Null in a tombstone: the payment was given up before it was asked for.</summary>
    public string? OrderNumber { get; private init; }

    public string? PaymentMethod { get; private init; }

    public string? ReturnUrl { get; private init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; private init; }

    public string Currency { get; private init; } = NoCurrency;

    /// <summary>The gateway's id, as soon as it is known.</summary>
    public string? IntentId { get; private set; }

    public string? ActionUrl { get; private set; }

    public string? DeclineCode { get; private set; }

    /// <summary>Concurrency token: grows with every change.</summary>
    public long Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>From when on the gateway has to be told that the payment is given up; null when there is nothing to tell. It is set in
    /// the same commit that gives the payment up and goes only once the gateway has confirmed, so that no crash leaves money held.</summary>
    public DateTimeOffset? UndoDueAt { get; private set; }

    public int UndoAttempts { get; private set; }

    public Money Money => new(Amount, Currency);

    public PaymentTerms? Terms => OrderNumber is null ? null : new(OrderNumber, Amount, Currency, PaymentMethod!, ReturnUrl!);

    /// <summary>Given up, as far as we are concerned.</summary>
    private bool IsGivenUp => State is PaymentState.Voided or PaymentState.Declined;

    /// <summary>Written before the gateway hears of it, so that a crash or an early event finds a row.</summary>
    public static OrderPayment Begin(Guid orderId, PaymentTerms terms, DateTimeOffset now) => new()
    {
        OrderId = orderId,
        State = PaymentState.Pending,
        OrderNumber = terms.OrderNumber,
        PaymentMethod = terms.PaymentMethod,
        ReturnUrl = terms.ReturnUrl,
        Amount = terms.Amount,
        Currency = terms.Currency,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>Keeps an authorization out that is still on its way.</summary>
    public static OrderPayment Tombstone(Guid orderId, DateTimeOffset now) => new()
    {
        OrderId = orderId,
        State = PaymentState.Voided,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public Verdict Judge(GatewayPayment seen)
    {
        if (IntentId is not null && seen.IntentId is not null && seen.IntentId != IntentId)
            return Verdict.Foreign;
        if (IsGivenUp)
            return seen.Status is GatewayStatus.RequiresAction or GatewayStatus.Held or GatewayStatus.Captured ? Verdict.MustBeUndone : Verdict.Agrees;
        // A refund leaves the gateway's intent as it was when it was captured.
        if (State == PaymentState.Refunded && seen.Status == GatewayStatus.Captured)
            return Verdict.Agrees;
        var state = State;
        foreach (var trigger in Path(seen.Status))
            state = PaymentTransitions.Next(state, trigger) ?? state;
        return seen.Status == GatewayStatus.Open || state == Target(seen.Status) ? Verdict.Agrees : Verdict.Contradicts;
    }

    /// <summary>Takes over what the gateway says, as far as <see cref="Judge"/> has nothing against it.</summary>
    /// <returns>The steps this leads to, in order; none when all was known.</returns>
    public IReadOnlyList<PaymentStep> Learn(GatewayPayment seen, DateTimeOffset now)
    {
        switch (Judge(seen))
        {
            case Verdict.Agrees:
                KeepIntent(seen, now);
                return Follow(seen, now);
            case Verdict.MustBeUndone:
                KeepIntent(seen, now);
                if (UndoDueAt is null)
                    PlanUndo(now, now);
                return [];
            default:
                return [];
        }
    }

    /// <summary>Gives the payment up. What the gateway may have of it has to be undone, by the caller until <paramref name="claimedUntil"/>.</summary>
    public IReadOnlyList<PaymentStep> GiveUp(DateTimeOffset claimedUntil, DateTimeOffset now)
    {
        if (State == PaymentState.Captured && UndoDueAt is null)
            PlanUndo(claimedUntil, now);
        if (Take(PaymentTrigger.Void, now) is not { } step)
            return [];
        PlanUndo(claimedUntil, now);
        return [step];
    }

    /// <summary>Makes the undoing one worker's until then; false when it is not due.</summary>
    public bool TryClaimUndo(DateTimeOffset until, DateTimeOffset now)
    {
        if (UndoDueAt is null || UndoDueAt > now)
            return false;
        PlanUndo(until, now);
        UndoAttempts++;
        return true;
    }

    public void PostponeUndo(DateTimeOffset until, DateTimeOffset now)
    {
        if (UndoDueAt is not null)
            PlanUndo(until, now);
    }

    /// <summary>Notes that the gateway holds nothing any more under the intent, and will not.</summary>
    public void SettleUndo(string? intentId, DateTimeOffset now)
    {
        // Another intent has become known meanwhile: that one is still to be undone.
        if (UndoDueAt is null || (IntentId is not null && IntentId != intentId))
            return;
        IntentId ??= intentId;
        UndoDueAt = null;
        UndoAttempts = 0;
        Touch(now);
    }

    public PaymentResult ToResult() => new(
        State,
        State == PaymentState.RequiresAction ? ActionUrl : null,
        State == PaymentState.Declined ? DeclineCode : null);

    private List<PaymentStep> Follow(GatewayPayment seen, DateTimeOffset now)
    {
        List<PaymentStep> steps = [];
        foreach (var trigger in Path(seen.Status))
        {
            if (Take(trigger, now, seen.FailureCode) is { } step)
                steps.Add(step);
        }
        if (State == PaymentState.RequiresAction && seen.ActionUrl is not null)
            ActionUrl = seen.ActionUrl;
        if (State == PaymentState.Declined && steps.Count > 0)
            DeclineCode = seen.FailureCode;
        if (State == PaymentState.Refunded && steps.Count > 0)
            UndoDueAt = null;
        return steps;
    }

    private PaymentStep? Take(PaymentTrigger trigger, DateTimeOffset now, string? failureCode = null)
    {
        if (PaymentTransitions.Next(State, trigger) is not { } next)
            return null;
        var step = new PaymentStep(trigger, State, next, failureCode);
        State = next;
        Touch(now);
        return step;
    }

    private void KeepIntent(GatewayPayment seen, DateTimeOffset now)
    {
        if (IntentId is not null || seen.IntentId is null)
            return;
        IntentId = seen.IntentId;
        Touch(now);
    }

    private void PlanUndo(DateTimeOffset dueAt, DateTimeOffset now)
    {
        UndoDueAt = dueAt;
        Touch(now);
    }

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Version++;
    }

    // Some steps may have been missed, so the whole way is walked; those taken before are refused by the table.
    private static ReadOnlySpan<PaymentTrigger> Path(GatewayStatus status) => status switch
    {
        GatewayStatus.RequiresAction => [PaymentTrigger.RequireAction],
        GatewayStatus.Held => [PaymentTrigger.Authorize],
        GatewayStatus.Captured => [PaymentTrigger.Authorize, PaymentTrigger.Capture],
        GatewayStatus.Refunded => [PaymentTrigger.Authorize, PaymentTrigger.Capture, PaymentTrigger.Refund],
        GatewayStatus.Declined => [PaymentTrigger.Decline],
        GatewayStatus.Canceled => [PaymentTrigger.Void],
        _ => [],
    };

    private static PaymentState Target(GatewayStatus status) => status switch
    {
        GatewayStatus.RequiresAction => PaymentState.RequiresAction,
        GatewayStatus.Held => PaymentState.Authorized,
        GatewayStatus.Captured => PaymentState.Captured,
        GatewayStatus.Refunded => PaymentState.Refunded,
        GatewayStatus.Declined => PaymentState.Declined,
        GatewayStatus.Canceled => PaymentState.Voided,
        _ => PaymentState.Pending,
    };
}
