namespace Argosy.Payment.Tests.Support;

/// <summary>A call the stand-in gateway has received.</summary>
/// <param name="Operation">create, get, capture, cancel or refund.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Form">The parameters.</param>
internal sealed record StandInCall(string Operation, Guid OrderId, string? IntentId, string? Key, IReadOnlyDictionary<string, string> Form)
{
    public bool IsConfirmed => Form.GetValueOrDefault("confirm") == "true";
}

/// <summary>An answer of the stand-in gateway.</summary>
internal sealed record StandInAnswer(int Status, string Body)
{
    public static StandInAnswer Error(int status, string type, string? code = null, string? declineCode = null, object? intent = null) =>
        new(status, System.Text.Json.JsonSerializer.Serialize(new { error = new { type, code, decline_code = declineCode, message = "As scripted.", payment_intent = intent } }));
}
