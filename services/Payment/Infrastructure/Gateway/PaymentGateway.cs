using System.Net;
using Argosy.Payment.Domain;
using Stripe;

namespace Argosy.Payment.Infrastructure.Gateway;

/// <summary>The payment gateway: Stripe, or what stands in for it. Every operation may be repeated. All of them throw
/// <see cref="GatewayException"/> when the gateway tells nothing of the payment.</summary>
internal sealed class PaymentGateway(GatewayCalls calls)
{
    /// <summary>Asks for the money to be held. Repeated, it gives the same payment; a refusal, even of the request itself, is an outcome.</summary>
    public async Task<GatewayPayment> AuthorizeAsync(OrderPayment payment)
    {
        try
        {
            return StripeTranslation.ToPayment(await calls.RunAsync("authorize", stripe => stripe.V1.PaymentIntents.CreateAsync(CreateOptions(payment), KeyOf(payment, "authorize"))));
        }
        catch (StripeException refusal)
        {
            return new GatewayPayment(refusal.StripeError.PaymentIntent?.Id, GatewayStatus.Declined, FailureCode: StripeTranslation.FailureCode(refusal.StripeError));
        }
    }

    /// <summary>Finds out what became of an authorization whose answer was lost, without ever holding money: an intent that nobody confirms
    /// takes its idempotency key, so that a request still on its way is refused. When the key is taken, its first answer is the authorization's.</summary>
    public async Task<GatewayPayment> FenceAsync(OrderPayment payment)
    {
        var fence = new PaymentIntentCreateOptions
        {
            Amount = payment.Amount,
            Currency = payment.Currency.ToLowerInvariant(),
            CaptureMethod = "manual",
            Metadata = MetadataOf(payment),
        };
        try
        {
            return StripeTranslation.ToPayment(await calls.RunAsync("fence", stripe => stripe.V1.PaymentIntents.CreateAsync(fence, KeyOf(payment, "authorize"))));
        }
        catch (GatewayException taken) when (taken.Fault == GatewayFault.KeyReused)
        {
            return await AuthorizeAsync(payment);
        }
        catch (StripeException)
        {
            // Terms the gateway does not accept: it never held anything for them.
            return new GatewayPayment(null, GatewayStatus.Declined);
        }
    }

    public Task<GatewayPayment> GetAsync(string intentId) => AskAsync("get", stripe => stripe.V1.PaymentIntents.GetAsync(intentId));

    /// <summary>Takes the held money. When that cannot be done, the answer says where the payment stands instead.</summary>
    public Task<GatewayPayment> CaptureAsync(OrderPayment payment, string intentId) => ChangeAsync("capture", intentId, stripe =>
        stripe.V1.PaymentIntents.CaptureAsync(intentId, new PaymentIntentCaptureOptions(), KeyOf(payment, "capture")));

    /// <summary>Lets the held money go. When that cannot be done, the answer says where the payment stands instead. Without an idempotency key:
    /// cancelling again does no harm, whereas a key would repeat a refusal that was true only then.</summary>
    public Task<GatewayPayment> CancelAsync(string intentId) => ChangeAsync("cancel", intentId, stripe =>
        stripe.V1.PaymentIntents.CancelAsync(intentId, new PaymentIntentCancelOptions { CancellationReason = "requested_by_customer" }));

    /// <summary>Gives captured money back.</summary>
    public async Task<GatewayPayment> RefundAsync(OrderPayment payment, string intentId)
    {
        var options = new RefundCreateOptions { PaymentIntent = intentId, Reason = "requested_by_customer", Metadata = MetadataOf(payment) };
        try
        {
            await calls.RunAsync("refund", stripe => stripe.V1.Refunds.CreateAsync(options, KeyOf(payment, "refund")));
        }
        catch (StripeException refusal) when (refusal.StripeError.Code != "charge_already_refunded")
        {
            throw Refused(refusal);
        }
        catch (StripeException)
        {
            // Somebody was faster.
        }
        return new GatewayPayment(intentId, GatewayStatus.Refunded);
    }

    private async Task<GatewayPayment> ChangeAsync(string operation, string intentId, Func<StripeClient, Task<PaymentIntent>> change)
    {
        try
        {
            return StripeTranslation.ToPayment(await calls.RunAsync(operation, change));
        }
        catch (StripeException refusal) when (refusal.HttpStatusCode != HttpStatusCode.NotFound)
        {
            return await GetAsync(intentId);
        }
        catch (StripeException refusal)
        {
            throw Refused(refusal);
        }
    }

    private async Task<GatewayPayment> AskAsync(string operation, Func<StripeClient, Task<PaymentIntent>> question)
    {
        try
        {
            return StripeTranslation.ToPayment(await calls.RunAsync(operation, question));
        }
        catch (StripeException refusal)
        {
            throw Refused(refusal);
        }
    }

    private static GatewayException Refused(StripeException refusal) => new(
        refusal.HttpStatusCode == HttpStatusCode.NotFound ? GatewayFault.UnknownIntent : GatewayFault.Refused,
        $"{(int)refusal.HttpStatusCode} {StripeTranslation.FailureCode(refusal.StripeError)}");

    private static PaymentIntentCreateOptions CreateOptions(OrderPayment payment) => new()
    {
        Amount = payment.Amount,
        Currency = payment.Currency.ToLowerInvariant(),
        PaymentMethod = payment.PaymentMethod,
        Confirm = true,
        CaptureMethod = "manual",
        ReturnUrl = payment.ReturnUrl,
        Description = $"Order {payment.OrderNumber}",
        StatementDescriptorSuffix = StatementSuffix(payment.OrderNumber!),
        Metadata = MetadataOf(payment),
    };

    // 22 characters are shared with the account's prefix of up to ten and "* ", and one must be a letter; a suffix that breaks the rules
    // would have the payment refused.
    private static string? StatementSuffix(string orderNumber)
    {
        var suffix = string.Concat(orderNumber.Where(char.IsAsciiLetterOrDigit));
        return suffix.Length <= 10 && suffix.Any(char.IsAsciiLetter) ? suffix : null;
    }

    private static Dictionary<string, string> MetadataOf(OrderPayment payment) => new() { [StripeTranslation.OrderIdKey] = payment.OrderId.ToString() };

    private static RequestOptions KeyOf(OrderPayment payment, string step) => new() { IdempotencyKey = $"{payment.OrderId}:{step}" };
}
