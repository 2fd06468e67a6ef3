using System.Security.Cryptography;
using System.Text;
using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.Gateway.Sessions;

/// <summary>The gateway's secrets, read once before it takes traffic.</summary>
internal sealed class GatewayKeys(ISecrets secrets) : IHostedService
{
    private const int CookieKeyBytes = 32;

    /// <summary>Signs guest cookies.</summary>
    public byte[] Cookie { get; private set; } = [];

    /// <summary>SHA-256 of the operator key: two hashes compare in the same time whatever was presented.</summary>
    public byte[] OperatorHash { get; private set; } = [];

    /// <summary>Cards are entered in Stripe's own form, because Stripe's publishable key is known.</summary>
    public bool HasCardForm { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Cookie = ParseCookieKey(await secrets.GetAsync("gateway-cookie-key", cancellationToken));
        OperatorHash = SHA256.HashData(Encoding.UTF8.GetBytes(await secrets.GetAsync("operator-key", cancellationToken)));
        HasCardForm = !string.IsNullOrWhiteSpace(await secrets.GetAsync("stripe-publishable-key", cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static byte[] ParseCookieKey(string text)
    {
        var key = new byte[CookieKeyBytes];
        return Convert.TryFromBase64String(text, key, out var length) && length == CookieKeyBytes
            ? key
            : throw new InvalidOperationException($"The secret 'gateway-cookie-key' must be {CookieKeyBytes} random bytes in base64 (openssl rand -base64 {CookieKeyBytes}).");
    }
}
