using System.Security.Cryptography;
using System.Text;

namespace Argosy.Ordering.Infrastructure.PersonalData;

/// <summary>Encrypts single fields with AES-256-GCM. The order and the field's name are authenticated too, so that a value copied to another
/// row or column does not open. Layout: format (1 byte) · nonce (12) · tag (16) · ciphertext.</summary>
internal sealed class PersonalDataSealer
{
    public const int KeyBytes = 32;

    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;

    private readonly byte[] _key;

    /// <param name="key"><see cref="KeyBytes"/> bytes.</param>
    public PersonalDataSealer(byte[] key)
    {
        if (key.Length != KeyBytes)
            throw new ArgumentException($"The key must have {KeyBytes} bytes, not {key.Length}.", nameof(key));
        _key = key;
    }

    public byte[] Seal(Guid orderId, string field, string value)
    {
        var plain = Encoding.UTF8.GetBytes(value);
        var box = new byte[HeaderBytes + plain.Length];
        box[0] = Format;
        var nonce = box.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(HeaderBytes), box.AsSpan(1 + NonceBytes, TagBytes), Context(orderId, field));
        return box;
    }

    /// <exception cref="CryptographicException">The value was sealed with another key, for another field, or has been changed.</exception>
    public string Open(Guid orderId, string field, ReadOnlySpan<byte> box)
    {
        if (box.Length < HeaderBytes || box[0] != Format)
            throw new CryptographicException("The value is not sealed in a known format.");
        var plain = new byte[box.Length - HeaderBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(box.Slice(1, NonceBytes), box[HeaderBytes..], box.Slice(1 + NonceBytes, TagBytes), plain, Context(orderId, field));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>A keyed hash: tells equal values apart from different ones without letting anybody guess them.</summary>
    public byte[] Fingerprint(ReadOnlySpan<byte> value) => HMACSHA256.HashData(_key, value);

    private static byte[] Context(Guid orderId, string field) => Encoding.UTF8.GetBytes($"{orderId:N}/{field}");
}
