using System.Text.Json.Serialization;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>Stripe's JSON: snake_case, with nulls.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PaymentIntentObject))]
[JsonSerializable(typeof(ChargeObject))]
[JsonSerializable(typeof(RefundObject))]
[JsonSerializable(typeof(EventObject))]
[JsonSerializable(typeof(StripeErrorBody))]
[JsonSerializable(typeof(string))]
internal sealed partial class StripeJson : JsonSerializerContext;
