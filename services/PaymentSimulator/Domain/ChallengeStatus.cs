namespace Argosy.PaymentSimulator.Domain;

/// <summary>Where the bank's question to the customer (3-D Secure) stands.</summary>
internal enum ChallengeStatus
{
    Open,
    Approved,
    Declined,
}
