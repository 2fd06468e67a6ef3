namespace Argosy.Ordering.Features.Orders;

/// <summary>What a customer sends to order the basket.</summary>
/// <param name="Email">Where mails about the order go.</param>
/// <param name="ShippingAddress">Where the goods go.</param>
/// <param name="PaymentMethod">How it is paid.</param>
public sealed record SubmitOrderRequest(string? Email, AddressInput? ShippingAddress, PaymentMethodInput? PaymentMethod);

/// <summary>A postal address.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
public sealed record AddressInput(string? Name, string? Line1, string? Line2, string? City, string? PostalCode, string? Region, string? Country);

/// <summary>A way to pay, as a token of the payment gateway; card numbers are never sent here.</summary>
/// <param name="Type"><c>card</c>.</param>
/// <param name="Token">The payment gateway's token, for example <c>pm_card_visa</c>.</param>
public sealed record PaymentMethodInput(string? Type, string? Token);
