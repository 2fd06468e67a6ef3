namespace Argosy.PaymentSimulator.Domain;

/// <summary>What is listed newest first.</summary>
internal interface IStripeResource
{
    string Id { get; }

    DateTimeOffset CreatedAt { get; }
}
