namespace Argosy.PaymentSimulator.Domain;

/// <summary>A test card and what happens to payments with it. Where it says nothing, the operator's settings decide.</summary>
/// <param name="Name">What clients pay with, for example <c>pm_card_visa</c>.</param>
/// <param name="LastFour">Of the test card; there is no card behind it.</param>
internal sealed record TestPaymentMethod(string Name, string Brand, string LastFour, string Funding = "credit", string Country = "US")
{
    /// <summary>The card is declined, after the customer's approval where that is asked for.</summary>
    public Decline? Decline { get; init; }

    /// <summary>Every payment needs the customer's approval.</summary>
    public bool RequiresAction { get; init; }

    public AnswerBehaviour? Answer { get; init; }

    public WebhookBehaviour? Webhooks { get; init; }
}
