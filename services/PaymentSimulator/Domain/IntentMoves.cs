namespace Argosy.PaymentSimulator.Domain;

/// <summary>What may be done with an intent, and in which statuses.</summary>
internal sealed class IntentMoves
{
    public static readonly IntentMoves Confirm = new(IntentStatus.RequiresPaymentMethod, IntentStatus.RequiresConfirmation, IntentStatus.RequiresAction);

    public static readonly IntentMoves Authenticate = new(IntentStatus.RequiresAction);

    public static readonly IntentMoves Capture = new(IntentStatus.RequiresCapture);

    public static readonly IntentMoves Cancel = new(IntentStatus.RequiresPaymentMethod, IntentStatus.RequiresCapture, IntentStatus.RequiresConfirmation, IntentStatus.RequiresAction);

    private IntentMoves(params IntentStatus[] from) => From = from;

    /// <summary>In the order Stripe names them.</summary>
    public IReadOnlyList<IntentStatus> From { get; }

    public bool IsAllowed(PaymentIntent intent) => From.Contains(intent.Status);

    public void Demand(PaymentIntent intent)
    {
        if (!IsAllowed(intent))
            throw new InvalidOperationException($"A payment intent that is {intent.Status} cannot make this move.");
    }
}
