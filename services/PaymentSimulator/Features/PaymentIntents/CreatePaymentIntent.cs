using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Features.PaymentIntents;

internal static class CreatePaymentIntent
{
    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        var confirm = request.Parameters.Flag("confirm");
        var method = request.PaymentMethod();
        var intent = Read(request);
        if (intent.ReturnUrl is not null && !confirm)
            throw StripeErrors.Invalid("return_url", "`return_url` may only be used when `confirm` is true.");
        if (method is not null)
            intent.Attach(method);
        else if (confirm)
            return StripeErrors.UnexpectedState(intent, ConfirmPaymentIntent.NoPaymentMethod);
        request.Context.Add(intent);
        return confirm
            ? await request.ConfirmAsync(intent, cancellationToken)
            : StripeAnswer.Of(PaymentIntentObject.Of(intent));
    }

    private static PaymentIntent Read(StripeRequest request)
    {
        var parameters = request.Parameters;
        var currency = parameters.Text("currency") ?? throw StripeErrors.Missing("currency");
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetter))
            throw StripeErrors.Invalid("currency", $"Invalid currency: {currency}");
        if (parameters.List("payment_method_types").FirstOrDefault(type => type != "card") is { } type)
            throw StripeErrors.Invalid("payment_method_types", $"The payment method type provided: {type} is invalid.");
        var id = StripeIds.PaymentIntent();
        return new PaymentIntent
        {
            Id = id,
            ClientSecret = StripeIds.ClientSecret(id),
            Amount = parameters.Amount("amount") ?? throw StripeErrors.Missing("amount"),
            Currency = currency.ToLowerInvariant(),
            CaptureMethod = parameters.OneOf("capture_method", "automatic", "automatic_async", "manual") ?? "automatic_async",
            AllowRedirects = parameters.Any("payment_method_types[") ? null : parameters.OneOf("automatic_payment_methods[allow_redirects]", "always", "never") ?? "always",
            Description = parameters.Text("description", 1000),
            StatementDescriptorSuffix = parameters.Text("statement_descriptor_suffix", 22),
            Metadata = parameters.Metadata(),
            ReturnUrl = request.ReturnUrl(),
            CreatedAt = request.Origin.At,
        };
    }
}
