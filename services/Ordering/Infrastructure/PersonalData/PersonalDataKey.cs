using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.Ordering.Infrastructure.PersonalData;

/// <summary>Reads the key of the personal data from the secret store before the service takes traffic.</summary>
internal sealed class PersonalDataKey(ISecrets secrets) : IHostedService
{
    /// <summary>Name of the secret: 32 bytes in base64.</summary>
    public const string SecretName = "ordering-data-key";

    private PersonalDataSealer? _sealer;

    public PersonalDataSealer Sealer => _sealer ?? throw new InvalidOperationException("Personal data is touched before the host has started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var key = new byte[PersonalDataSealer.KeyBytes];
        if (!Convert.TryFromBase64String(await secrets.GetAsync(SecretName, cancellationToken), key, out var length) || length != key.Length)
            throw new InvalidOperationException($"The secret '{SecretName}' must be {key.Length} bytes in base64, for example from: openssl rand -base64 {key.Length}");
        _sealer = new PersonalDataSealer(key);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
