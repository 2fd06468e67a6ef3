using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Features.Events;

/// <summary>When and by which call something happened.</summary>
/// <param name="Settings">The operator's settings of that moment.</param>
/// <param name="RequestId">Null when it was the customer's doing, not a call.</param>
internal sealed record EventOrigin(SimulatorSettings Settings, DateTimeOffset At, string? RequestId = null, string? IdempotencyKey = null);
