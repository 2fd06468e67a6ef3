using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>What a call is answered.</summary>
/// <param name="Body">JSON.</param>
internal sealed record StripeAnswer(int Status, string Body)
{
    /// <summary>How long it is held back once its effect is stored; <see cref="Timeout.InfiniteTimeSpan"/> when there shall be none.</summary>
    public TimeSpan HoldBack { get; init; }

    /// <summary>The id of the first request, when this is its answer once more.</summary>
    public string? OriginalRequest { get; init; }

    public static StripeAnswer Ok<T>(T value, JsonTypeInfo<T> type) => new(StatusCodes.Status200OK, JsonSerializer.Serialize(value, type));

    public static StripeAnswer Of(PaymentIntentObject intent) => Ok(intent, StripeJson.Default.PaymentIntentObject);

    public static StripeAnswer Of(int status, StripeError error) => new(status, JsonSerializer.Serialize(new StripeErrorBody(error), StripeJson.Default.StripeErrorBody));
}
