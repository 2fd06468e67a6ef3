using System.Text.Json.Serialization;
using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>Stripe's error; what does not apply is left out.</summary>
internal sealed record StripeError(string Type, string Message)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DeclineCode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DocUrl => Code is null ? null : $"https://stripe.com/docs/error-codes/{Code.Replace('_', '-')}";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Param { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Charge { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PaymentMethodObject? PaymentMethod { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PaymentIntentObject? PaymentIntent { get; init; }

    public static StripeError Of(PaymentFailure failure, DateTimeOffset now) => new(failure.Type, failure.Message)
    {
        Code = failure.Code,
        DeclineCode = failure.DeclineCode,
        Param = failure.Param,
        Charge = failure.ChargeId,
        PaymentMethod = PaymentMethodObject.Of(failure.PaymentMethodId, failure.PaymentMethodName, now),
    };
}

/// <summary>The body of every refusal.</summary>
internal sealed record StripeErrorBody(StripeError Error);
