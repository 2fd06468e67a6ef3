using System.Text.Json;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Persistence;

namespace Argosy.Ordering.Infrastructure.PersonalData;

/// <summary>Which fields of an order are sealed, and how.</summary>
internal sealed class PersonalDataVault(PersonalDataSealer sealer)
{
    private const string EmailField = "email";
    private const string AddressField = "shipping-address";
    private const string TokenField = "payment-token";

    public SealedPersonalData Seal(Guid orderId, string email, ShippingAddress address, string paymentMethodType, string paymentToken) => new(
        sealer.Seal(orderId, EmailField, email),
        sealer.Seal(orderId, AddressField, JsonSerializer.Serialize(address, OrderingJson.Default.ShippingAddress)),
        paymentMethodType,
        sealer.Seal(orderId, TokenField, paymentToken));

    public string OpenEmail(Order order) => sealer.Open(order.Id, EmailField, order.Personal.Email);

    public string OpenPaymentToken(Order order) => sealer.Open(order.Id, TokenField, order.Personal.PaymentToken);

    public ShippingAddress OpenShippingAddress(Order order) =>
        JsonSerializer.Deserialize(sealer.Open(order.Id, AddressField, order.Personal.ShippingAddress), OrderingJson.Default.ShippingAddress)!;
}
