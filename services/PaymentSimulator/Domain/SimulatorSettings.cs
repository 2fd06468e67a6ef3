namespace Argosy.PaymentSimulator.Domain;

/// <summary>What happens to payments whose test payment method leaves it open.</summary>
/// <param name="SlowMilliseconds">How long <see cref="AnswerBehaviour.Slow"/> waits before the payment.</param>
/// <param name="TimeOutMilliseconds">How long <see cref="AnswerBehaviour.TimeOutAfterCharge"/> holds the answer back; 0 ends the connection without one.</param>
/// <param name="WebhookDelayMilliseconds">How late <see cref="WebhookBehaviour.Late"/> is.</param>
/// <param name="WebhookUrl">Where events go; null is the shop's own address.</param>
internal sealed record SimulatorSettings(
    AnswerBehaviour Answer = AnswerBehaviour.Normal,
    WebhookBehaviour Webhooks = WebhookBehaviour.Once,
    int SlowMilliseconds = 2_000,
    int TimeOutMilliseconds = 30_000,
    int WebhookDelayMilliseconds = 10_000,
    string? WebhookUrl = null);
