using System.Text.Json.Serialization;
using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>What the customer has to do. The page is the web app's, at the origin the customer is to come back to; without a return address
/// Stripe leaves the question to its own script, and so do we.</summary>
internal sealed record NextActionObject(string Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RedirectObject? RedirectToUrl { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? UseStripeSdk { get; init; }

    public static NextActionObject? Of(PaymentIntent intent) => intent.Status != IntentStatus.RequiresAction ? null
        : intent.ReturnUrl is null ? new("use_stripe_sdk") { UseStripeSdk = new Dictionary<string, string> { ["type"] = "three_d_secure_redirect" } }
        : new("redirect_to_url") { RedirectToUrl = new RedirectObject(intent.ReturnUrl, PageOf(intent)) };

    private static string PageOf(PaymentIntent intent) =>
        $"{new Uri(intent.ReturnUrl!).GetLeftPart(UriPartial.Authority)}/payment/challenge/{intent.Id}?secret={intent.ClientSecret}";
}

internal sealed record RedirectObject(string ReturnUrl, string Url);
