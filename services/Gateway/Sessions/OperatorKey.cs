using System.Security.Cryptography;
using System.Text;

namespace Argosy.Gateway.Sessions;

/// <summary>Tells operators by the key they present as a bearer token.</summary>
internal sealed class OperatorKey(GatewayKeys keys)
{
    private const string Scheme = "Bearer ";
    private const int LongestKey = 512;

    public bool Matches(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || value.Length > LongestKey || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(value[Scheme.Length..].Trim())), keys.OperatorHash);
    }
}
