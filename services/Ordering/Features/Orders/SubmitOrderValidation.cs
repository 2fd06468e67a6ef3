using System.Net.Mail;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Ordering.Features.Orders;

/// <summary>Checks what a customer sent; all mistakes at once, by the JSON path of the field.</summary>
internal static class SubmitOrderValidation
{
    private const int EmailLength = 254;
    private const int TokenLength = 255;

    public static DomainError? Validate(SubmitOrderRequest request)
    {
        var validation = new Validation()
            .Require(IsEmail(request.Email), "email", "must be an e-mail address")
            .Require(request.ShippingAddress is not null, "shippingAddress", "is required")
            .Require(request.PaymentMethod is not null, "paymentMethod", "is required");
        if (request.ShippingAddress is { } address)
        {
            Text(validation, "shippingAddress.name", address.Name, 120, required: true);
            Text(validation, "shippingAddress.line1", address.Line1, 200, required: true);
            Text(validation, "shippingAddress.line2", address.Line2, 200, required: false);
            Text(validation, "shippingAddress.city", address.City, 120, required: true);
            Text(validation, "shippingAddress.postalCode", address.PostalCode, 20, required: true);
            Text(validation, "shippingAddress.region", address.Region, 120, required: false);
            validation.Require(address.Country is not null && Countries.Contains(address.Country), "shippingAddress.country", "must be an ISO 3166-1 alpha-2 code in capitals, for example DE");
        }
        if (request.PaymentMethod is { } payment)
        {
            validation.Require(payment.Type == "card", "paymentMethod.type", "must be card");
            validation.Require(IsToken(payment.Token), "paymentMethod.token", "must be a token of the payment gateway, for example pm_card_visa; never a card number");
        }
        return validation.Error;
    }

    private static bool IsEmail(string? value) =>
        value is { Length: > 0 and <= EmailLength }
        && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        && MailAddress.TryCreate(value, out var address)
        && address.Address == value
        && address.Host.Contains('.');

    // What has no letter could be a card number, which must not be stored anywhere.
    private static bool IsToken(string? value) =>
        value is { Length: > 0 and <= TokenLength }
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        && value.Any(char.IsAsciiLetter);

    private static void Text(Validation validation, string field, string? value, int maximumLength, bool required)
    {
        if (required || !string.IsNullOrEmpty(value))
            validation.RequireText(value, field, maximumLength);
        validation.Require(value is null || !value.Any(char.IsControl), field, "must not contain control characters");
    }
}
