using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.Payment.Infrastructure.Gateway;

/// <summary>Reads the keys of our account at the gateway from the secret store before the service takes traffic.</summary>
internal sealed class GatewayKeys(ISecrets secrets) : IHostedService
{
    public const string SecretKeyName = "stripe-secret-key";
    public const string WebhookSecretName = "stripe-webhook-secret";
    public const string PublishableKeyName = "stripe-publishable-key";

    private Keys? _keys;

    /// <summary>Authorizes our calls.</summary>
    public string SecretKey => Known.Secret;

    /// <summary>Signs the gateway's events.</summary>
    public string WebhookSecret => Known.Webhook;

    /// <summary>For the browser; null where the web app has to offer test cards.</summary>
    public string? PublishableKey => Known.Publishable is { Length: > 0 } key ? key : null;

    private Keys Known => _keys ?? throw new InvalidOperationException("The payment gateway is used before the host has started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var keys = await Task.WhenAll(new[] { SecretKeyName, WebhookSecretName, PublishableKeyName }.Select(name => secrets.GetAsync(name, cancellationToken)));
        Require(SecretKeyName, keys[0]);
        Require(WebhookSecretName, keys[1]);
        _keys = new Keys(keys[0], keys[1], keys[2]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Require(string name, string value)
    {
        if (value.Length == 0 || value.Any(char.IsWhiteSpace))
            throw new InvalidOperationException($"The secret '{name}' must be the key from the payment gateway's dashboard; it is empty or has blanks.");
    }

    private sealed record Keys(string Secret, string Webhook, string Publishable);
}
