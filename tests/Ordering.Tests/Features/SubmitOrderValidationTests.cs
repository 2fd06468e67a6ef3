using Argosy.Ordering.Features.Orders;

namespace Argosy.Ordering.Tests.Features;

public sealed class SubmitOrderValidationTests
{
    private static readonly AddressInput Address = new("Ada Lovelace", "12 St James's Square", null, "London", "SW1Y 4JH", null, "GB");

    private static readonly SubmitOrderRequest Valid = new("ada@example.org", Address, new PaymentMethodInput("card", "pm_card_visa"));

    [Fact]
    public void Validate_CompleteRequest_HasNoErrors() => Assert.Null(SubmitOrderValidation.Validate(Valid));

    [Fact]
    public void Validate_NothingSent_NamesEveryPart() =>
        Assert.Equal(["email", "paymentMethod", "shippingAddress"], SubmitOrderValidation.Validate(new(null, null, null))!.Errors!.Keys.Order());

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.org")]
    [InlineData("ada@localhost")]
    [InlineData("ada @example.org")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    public void Validate_WrongEmail_NamesTheField(string email) =>
        Assert.Equal(["email"], SubmitOrderValidation.Validate(Valid with { Email = email })!.Errors!.Keys);

    [Fact]
    public void Validate_EmailTooLong_NamesTheField() =>
        Assert.Equal(["email"], SubmitOrderValidation.Validate(Valid with { Email = new string('a', 250) + "@example.org" })!.Errors!.Keys);

    [Theory]
    [InlineData("")]
    [InlineData("gb")]
    [InlineData("GBR")]
    [InlineData("XX")]
    public void Validate_UnknownCountry_NamesTheField(string country) =>
        Assert.Equal(["shippingAddress.country"], SubmitOrderValidation.Validate(Valid with { ShippingAddress = Address with { Country = country } })!.Errors!.Keys);

    [Fact]
    public void Validate_BadAddress_NamesEachField()
    {
        var address = new AddressInput(" ", new string('x', 201), new string('x', 201), "Lon\0don", null, new string('x', 121), "GB");

        var errors = SubmitOrderValidation.Validate(Valid with { ShippingAddress = address });

        Assert.Equal(
            ["shippingAddress.city", "shippingAddress.line1", "shippingAddress.line2", "shippingAddress.name", "shippingAddress.postalCode", "shippingAddress.region"],
            errors!.Errors!.Keys.Order());
    }

    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("4242-4242-4242-4242")]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("")]
    [InlineData(null)]
    public void Validate_CardNumberOrNoToken_IsRefused(string? token) =>
        Assert.Equal(["paymentMethod.token"], SubmitOrderValidation.Validate(Valid with { PaymentMethod = new("card", token) })!.Errors!.Keys);

    [Fact]
    public void Validate_UnknownPaymentType_NamesTheField() =>
        Assert.Equal(["paymentMethod.type"], SubmitOrderValidation.Validate(Valid with { PaymentMethod = new("cash", "pm_1") })!.Errors!.Keys);
}
