namespace Argosy.Ordering.Domain;

/// <summary>The personal data of an order, each field encrypted by itself; opened only to answer its owner.</summary>
internal sealed record SealedPersonalData(byte[] Email, byte[] ShippingAddress, string PaymentMethodType, byte[] PaymentToken);
