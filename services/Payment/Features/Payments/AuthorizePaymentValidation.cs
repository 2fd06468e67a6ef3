using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Payment.Features.Payments;

/// <summary>Checks what was asked for; all mistakes at once, by the JSON path of the field.</summary>
internal static class AuthorizePaymentValidation
{
    public static Result<PaymentTerms> Validate(AuthorizePayment request)
    {
        var validation = new Validation()
            .RequireText(request.OrderNumber, "orderNumber", PaymentTerms.OrderNumberLength)
            .Require(request.Amount is { Amount: > 0 }, "amount.amount", "must be a whole number of minor units greater than 0")
            .Require(IsCurrency(request.Amount?.Currency), "amount.currency", "must be an ISO 4217 code in capitals, for example EUR")
            .Require(IsToken(request.PaymentMethod), "paymentMethod", "must be a token of the payment gateway, for example pm_card_visa; never a card number")
            .Require(IsWebAddress(request.ReturnUrl), "returnUrl", "must be an absolute http or https address");
        return validation.Error is { } error
            ? error
            : new PaymentTerms(request.OrderNumber, request.Amount!.Amount, request.Amount.Currency, request.PaymentMethod, request.ReturnUrl);
    }

    private static bool IsCurrency(string? value) => value is { Length: PaymentTerms.CurrencyLength } && value.All(char.IsAsciiLetterUpper);

    // What has no letter could be a card number, which must not be stored anywhere.
    private static bool IsToken(string? value) =>
        value is { Length: > 0 and <= PaymentTerms.PaymentMethodLength }
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        && value.Any(char.IsAsciiLetter);

    private static bool IsWebAddress(string? value) =>
        value is { Length: > 0 and <= PaymentTerms.ReturnUrlLength }
        && Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
