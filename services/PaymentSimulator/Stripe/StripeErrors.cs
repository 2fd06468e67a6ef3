using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>Stripe's refusals, with its codes and statuses.</summary>
internal static class StripeErrors
{
    private const string InvalidRequest = "invalid_request_error";

    public static StripeRefusal KeyMissing() => new(StatusCodes.Status401Unauthorized, new(InvalidRequest,
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."));

    public static StripeRefusal KeyWrong() => new(StatusCodes.Status401Unauthorized, new(InvalidRequest, "Invalid API Key provided."));

    public static StripeRefusal NoSuchUrl(string method, string path) =>
        new(StatusCodes.Status404NotFound, new(InvalidRequest, $"Unrecognized request URL ({method}: {path})."));

    public static StripeRefusal CardNumber() => new(StatusCodes.Status402PaymentRequired, new(InvalidRequest,
        "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://stripe.com/docs/testing."));

    public static StripeRefusal NoSuch(string what, string id, string param = "id") =>
        new(StatusCodes.Status404NotFound, new(InvalidRequest, $"No such {what}: '{id}'") { Code = "resource_missing", Param = param });

    public static StripeRefusal NoSuchParameter(string what, string id, string param) =>
        new(StatusCodes.Status400BadRequest, new(InvalidRequest, $"No such {what}: '{id}'") { Code = "resource_missing", Param = param });

    public static StripeRefusal Missing(string param) => Invalid(param, $"Missing required param: {param}.", "parameter_missing");

    public static StripeRefusal Unknown(string param) => Invalid(param, $"Received unknown parameter: {param}", "parameter_unknown");

    public static StripeRefusal Invalid(string param, string message, string? code = null) =>
        new(StatusCodes.Status400BadRequest, new(InvalidRequest, message) { Code = code, Param = param });

    public static StripeRefusal NotForm() => new(StatusCodes.Status400BadRequest, new(InvalidRequest, "The body of a request must be form-encoded."));

    public static StripeRefusal LongKey() =>
        new(StatusCodes.Status400BadRequest, new("idempotency_error", $"Idempotency keys may have at most {IdempotentCall.MaximumKeyLength} characters."));

    public static StripeRefusal KeyInUse(string key) => new(StatusCodes.Status409Conflict, new("idempotency_error",
        $"There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): {key}. Please try again later.")
    {
        Code = "idempotency_key_in_use",
    });

    public static StripeRefusal OtherParameters(string key) => new(StatusCodes.Status400BadRequest, new("idempotency_error",
        $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request."));

    public static StripeRefusal OtherEndpoint(string key, string path, string firstPath) => new(StatusCodes.Status400BadRequest, new("idempotency_error",
        $"Keys for idempotent requests can only be used for the same endpoint they were first used for ('{path}' vs '{firstPath}'). Try using a key other than '{key}' if you meant to execute a different request."));

    public static StripeRefusal LockTimeout() => new(StatusCodes.Status429TooManyRequests, new(InvalidRequest,
        "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request.")
    {
        Code = "lock_timeout",
    });

    public static StripeAnswer Internal() => StripeAnswer.Of(StatusCodes.Status500InternalServerError, new("api_error", "An unknown error occurred."));

    public static StripeAnswer Declined(PaymentIntent intent, DateTimeOffset now) =>
        StripeAnswer.Of(StatusCodes.Status402PaymentRequired, StripeError.Of(intent.LastFailure!, now) with { PaymentIntent = PaymentIntentObject.Of(intent) });

    /// <summary>The move is not allowed in the intent's status; that answer is kept for repetitions.</summary>
    public static StripeAnswer UnexpectedState(PaymentIntent intent, string message) => StripeAnswer.Of(StatusCodes.Status400BadRequest, new(InvalidRequest, message)
    {
        Code = "payment_intent_unexpected_state",
        PaymentIntent = PaymentIntentObject.Of(intent),
    });

    /// <param name="cannot">The beginning of the sentence, for example <c>You cannot cancel this PaymentIntent</c>.</param>
    /// <param name="move">The move's name in the passive, for example <c>canceled</c>.</param>
    public static StripeAnswer UnexpectedState(PaymentIntent intent, IntentMoves moves, string cannot, string move) => UnexpectedState(intent,
        $"{cannot} because it has a status of {StripeName<IntentStatus>.Of(intent.Status)}. Only a PaymentIntent with one of the following statuses may be {move}: {string.Join(", ", moves.From.Select(StripeName<IntentStatus>.Of))}.");
}
