using System.Text.Json;

namespace Argosy.Payment.Tests.Support;

/// <summary>An intent at the stand-in gateway.</summary>
internal sealed class StandInIntent(string id, Guid orderId, long amount)
{
    public string Id { get; } = id;

    public Guid OrderId { get; } = orderId;

    public long Amount { get; } = amount;

    public string Status { get; set; } = "requires_confirmation";

    public string? Error { get; set; }

    public bool IsRefunded { get; set; }

    /// <summary>Whether the customer's money is tied up in it.</summary>
    public bool Holds => Status == "requires_capture" || (Status == "succeeded" && !IsRefunded);

    public object ToJson() => new
    {
        id = Id,
        @object = "payment_intent",
        amount = Amount,
        currency = "eur",
        status = Status,
        metadata = new { order_id = OrderId },
        next_action = Status == "requires_action" ? new { type = "redirect_to_url", redirect_to_url = new { url = $"https://bank.example/{Id}" } } : null,
        last_payment_error = Error is null ? null : new { type = "card_error", code = Error },
    };
}

/// <summary>What the stand-in gateway remembers.</summary>
internal sealed class StandInBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StandInIntent> _intents = [];
    private readonly Dictionary<string, (string Request, StandInAnswer Answer)> _answers = [];

    public Guid OrderOf(string intentId)
    {
        lock (_lock)
            return _intents.TryGetValue(intentId, out var intent) ? intent.OrderId : Guid.Empty;
    }

    public IReadOnlyList<StandInIntent> IntentsOf(Guid orderId)
    {
        lock (_lock)
            return [.. _intents.Values.Where(intent => intent.OrderId == orderId)];
    }

    public void Set(Guid orderId, string status, string? error)
    {
        lock (_lock)
        {
            var intent = _intents.Values.Single(intent => intent.OrderId == orderId);
            (intent.Status, intent.Error) = (status, error);
        }
    }

    public StandInAnswer Execute(StandInCall call)
    {
        lock (_lock)
        {
            if (call.Operation == "get" || call.Key is null)
                return Answer(call);
            var request = $"{call.Operation} {call.IntentId} {JsonSerializer.Serialize(call.Form.OrderBy(field => field.Key))}";
            if (_answers.TryGetValue(call.Key, out var earlier))
                return earlier.Request == request ? earlier.Answer : StandInAnswer.Error(400, "idempotency_error");
            var answer = Answer(call);
            _answers[call.Key] = (request, answer);
            return answer;
        }
    }

    private StandInAnswer Answer(StandInCall call)
    {
        if (call.Operation == "create")
            return Create(call);
        if (!_intents.TryGetValue(call.IntentId!, out var intent))
            return StandInAnswer.Error(404, "invalid_request_error", "resource_missing");
        switch (call.Operation, intent.Status)
        {
            case ("get", _):
                return Ok(intent);
            case ("capture", "requires_capture"):
                intent.Status = "succeeded";
                return Ok(intent);
            case ("cancel", "requires_capture" or "requires_action" or "requires_confirmation" or "requires_payment_method"):
                intent.Status = "canceled";
                return Ok(intent);
            case ("refund", "succeeded") when intent.IsRefunded:
                return StandInAnswer.Error(400, "invalid_request_error", "charge_already_refunded");
            case ("refund", "succeeded"):
                intent.IsRefunded = true;
                return new StandInAnswer(200, JsonSerializer.Serialize(new { id = "re_1", @object = "refund", status = "succeeded", payment_intent = intent.Id }));
            default:
                return StandInAnswer.Error(400, "invalid_request_error", "payment_intent_unexpected_state", intent: intent.ToJson());
        }
    }

    private StandInAnswer Create(StandInCall call)
    {
        var intent = new StandInIntent($"pi_{Guid.NewGuid():N}", call.OrderId, long.Parse(call.Form["amount"]));
        _intents[intent.Id] = intent;
        if (!call.IsConfirmed)
            return Ok(intent);
        switch (call.Form["payment_method"])
        {
            case "pm_card_visa":
                intent.Status = "requires_capture";
                return Ok(intent);
            case "pm_card_threeDSecure2Required":
                intent.Status = "requires_action";
                return Ok(intent);
            case "pm_card_chargeDeclinedInsufficientFunds":
                (intent.Status, intent.Error) = ("requires_payment_method", "card_declined");
                return StandInAnswer.Error(402, "card_error", "card_declined", "insufficient_funds", intent.ToJson());
            default:
                return StandInAnswer.Error(400, "invalid_request_error", "resource_missing");
        }
    }

    private static StandInAnswer Ok(StandInIntent intent) => new(200, JsonSerializer.Serialize(intent.ToJson()));
}
