using Argosy.Contracts;
using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Features.Challenges;

/// <summary>What the bank asks the customer (3-D Secure).</summary>
/// <param name="Id">The payment intent.</param>
/// <param name="Status">Whether the customer has answered.</param>
/// <param name="ReturnUrl">Where the customer goes after that.</param>
internal sealed record ChallengeView(string Id, Money Amount, string? Description, ChallengeStatus Status, string? ReturnUrl)
{
    public static ChallengeView Of(PaymentIntent intent) =>
        new(intent.Id, new Money(intent.Amount, intent.Currency.ToUpperInvariant()), intent.Description, intent.Challenge!.Value, intent.ReturnUrl);
}
