using System.Security.Cryptography;

namespace Argosy.Ordering.Domain;

/// <summary>The number people read out on the phone: <c>XXXXX-XXXXX</c> in an alphabet without look-alikes (Crockford's base 32),
/// random, so that it tells nobody how many orders there are.</summary>
internal static class OrderNumber
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public const int Length = 11;

    public static string New() => $"{RandomNumberGenerator.GetString(Alphabet, 5)}-{RandomNumberGenerator.GetString(Alphabet, 5)}";
}
