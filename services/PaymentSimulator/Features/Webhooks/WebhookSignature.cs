using System.Security.Cryptography;
using System.Text;

namespace Argosy.PaymentSimulator.Features.Webhooks;

/// <summary>Stripe's signature of a webhook: HMAC-SHA256 of the time and the body.</summary>
internal static class WebhookSignature
{
    public const string Header = "Stripe-Signature";

    public static string Of(string body, string secret, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(hash)}";
    }
}
