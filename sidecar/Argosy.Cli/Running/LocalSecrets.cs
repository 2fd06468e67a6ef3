using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Argosy.Cli.Running;

/// <summary>The secrets of a local instance: made at random at its first run and kept, so that cookies and keys outlive restarts.</summary>
internal static class LocalSecrets
{
    private static readonly (string Name, Func<string> Make)[] Known =
    [
        ("catalog-db", () => "sqlite:catalog.db"),
        ("inventory-db", () => "sqlite:inventory.db"),
        ("ordering-db", () => "sqlite:ordering.db"),
        ("payment-db", () => "sqlite:payment.db"),
        ("paymentsimulator-db", () => "sqlite:paymentsimulator.db"),
        ("notification-db", () => "sqlite:notification.db"),
        // Stripe's own forms of keys, for its stand-in.
        ("stripe-secret-key", () => $"sk_test_{Token()}"),
        ("stripe-webhook-secret", () => $"whsec_{Token()}"),
        // Empty: the web app offers test cards. Stripe's publishable key puts Stripe's own card form in their place.
        ("stripe-publishable-key", () => ""),
        ("ordering-data-key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
        ("gateway-cookie-key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
        ("operator-key", Token),
    ];

    /// <summary>A random value that may stand in a header.</summary>
    public static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>Makes the file, or adds what a newer version needs to an existing one; values that are there stay as they are.</summary>
    public static void Ensure(string path)
    {
        var secrets = Read(path);
        var missing = Known.Where(secret => !secrets.ContainsKey(secret.Name)).ToList();
        if (missing.Count == 0)
            return;
        foreach (var (name, make) in missing)
            secrets[name] = make();
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            secrets.WriteTo(writer);
        }
        PrivateFile.Write(path, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static JsonObject Read(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject
                ?? throw new CliException($"{path}:1: expected a JSON object of secrets");
        }
        catch (JsonException error)
        {
            throw new CliException($"{path}:{error.LineNumber + 1}: not valid JSON; repair it, or remove it to have new secrets made (guests lose their baskets then)");
        }
    }
}
