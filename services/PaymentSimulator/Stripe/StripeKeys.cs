using System.Security.Cryptography;
using System.Text;
using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>The shop's keys, read from the secret store before the service takes traffic.</summary>
internal sealed class StripeKeys(ISecrets secrets) : IHostedService
{
    private byte[] _secretKey = [];

    /// <summary>What webhooks are signed with.</summary>
    public string WebhookSecret { get; private set; } = "";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _secretKey = Encoding.UTF8.GetBytes(await secrets.GetAsync("stripe-secret-key", cancellationToken));
        WebhookSecret = await secrets.GetAsync("stripe-webhook-secret", cancellationToken);
        if (_secretKey.Length == 0 || WebhookSecret.Length == 0)
            throw new InvalidOperationException("The secrets 'stripe-secret-key' and 'stripe-webhook-secret' must not be empty.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets the shop in, with its key as bearer token or as user of basic authentication.</summary>
    /// <exception cref="StripeRefusal">It is someone else.</exception>
    public void Demand(HttpRequest request)
    {
        if (KeyOf(request.Headers.Authorization.ToString()) is not { Length: > 0 } key)
            throw StripeErrors.KeyMissing();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), _secretKey))
            throw StripeErrors.KeyWrong();
    }

    private static string? KeyOf(string authorization)
    {
        var (scheme, value) = authorization.Split(' ', 2) is [var first, var rest] ? (first, rest.Trim()) : ("", "");
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return value;
        var bytes = new byte[value.Length];
        return scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(value, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':')[0]
            : null;
    }
}
