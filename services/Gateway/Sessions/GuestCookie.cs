using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Argosy.Gateway.Sessions;

/// <summary>The signed cookie that says which guest a browser is: <c>&lt;guest id&gt;.&lt;HMAC&gt;</c>. It holds nothing else, so it needs no
/// store, and whoever forges one gets a new guest's.</summary>
internal sealed class GuestCookie(GatewayKeys keys)
{
    public const string Name = "argosy-guest";

    private const int IdLength = 36;
    private const int SignatureLength = 43;

    // The longest that browsers keep a cookie.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    // Bound into the signature, so that the key's other uses can never produce a cookie.
    private static readonly byte[] Purpose = "argosy-guest-v1:"u8.ToArray();

    /// <summary>The guest of this request; without a valid cookie a new one, whose cookie goes out with the answer.</summary>
    public string ReadOrIssue(HttpContext context)
    {
        if (context.Request.Cookies.TryGetValue(Name, out var cookie) && Read(cookie) is { } known)
            return known;
        var guest = Guid.CreateVersion7().ToString();
        context.Response.Cookies.Append(Name, Sign(guest), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = Lifetime,
            Path = "/",
            IsEssential = true,
        });
        // What tells one guest from the next must not be kept by anything in between.
        context.Response.Headers.CacheControl = "no-store";
        return guest;
    }

    /// <summary>The guest id of a cookie, null when we did not sign it.</summary>
    public string? Read(string cookie)
    {
        if (cookie.Length != IdLength + 1 + SignatureLength || cookie[IdLength] != '.')
            return null;
        var id = cookie[..IdLength];
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        return Base64Url.TryDecodeFromChars(cookie.AsSpan(IdLength + 1), given, out var length) && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, Signature(id)) && Guid.TryParse(id, out _) ? id : null;
    }

    public string Sign(string id) => $"{id}.{Base64Url.EncodeToString(Signature(id))}";

    private byte[] Signature(string id)
    {
        Span<byte> signed = stackalloc byte[Purpose.Length + IdLength];
        Purpose.CopyTo(signed);
        return Encoding.UTF8.TryGetBytes(id, signed[Purpose.Length..], out var length)
            ? HMACSHA256.HashData(keys.Cookie, signed[..(Purpose.Length + length)])
            : [];
    }
}
