namespace Argosy.PaymentSimulator.Domain;

/// <summary>What one confirmation of a payment comes to.</summary>
/// <param name="Ask">The customer is asked first.</param>
/// <param name="Decline">Null when the card is accepted.</param>
/// <param name="Pause">How long the payment itself takes.</param>
/// <param name="HoldBack">How long its answer is held back; <see cref="Timeout.InfiniteTimeSpan"/> when there is none.</param>
internal sealed record PaymentPlan(bool Ask, Decline? Decline, TimeSpan Pause, TimeSpan HoldBack)
{
    public static PaymentPlan For(TestPaymentMethod method, SimulatorSettings settings)
    {
        var answer = method.Answer ?? (method.Decline is null && !method.RequiresAction ? settings.Answer : AnswerBehaviour.Normal);
        return new PaymentPlan(
            method.RequiresAction || answer == AnswerBehaviour.RequireAction,
            method.Decline ?? (answer == AnswerBehaviour.Decline ? Decline.Generic : null),
            answer == AnswerBehaviour.Slow ? TimeSpan.FromMilliseconds(settings.SlowMilliseconds) : TimeSpan.Zero,
            answer != AnswerBehaviour.TimeOutAfterCharge ? TimeSpan.Zero
                : settings.TimeOutMilliseconds == 0 ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(settings.TimeOutMilliseconds));
    }
}
