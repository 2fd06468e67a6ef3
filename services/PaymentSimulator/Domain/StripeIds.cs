using System.Security.Cryptography;

namespace Argosy.PaymentSimulator.Domain;

/// <summary>Ids in Stripe's form: what it is, and letters and digits nobody can guess.</summary>
internal static class StripeIds
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public const int MaximumLength = 64;

    public static string PaymentIntent() => "pi_3" + Random(23);

    public static string ClientSecret(string intentId) => $"{intentId}_secret_{Random(25)}";

    public static string PaymentMethod() => "pm_1" + Random(23);

    public static string Charge() => "ch_3" + Random(23);

    public static string Refund() => "re_3" + Random(23);

    public static string Event() => "evt_3" + Random(23);

    public static string Request() => "req_" + Random(14);

    private static string Random(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
