using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Argosy.Catalog.Infrastructure.Cache;

/// <summary>A ready-made JSON answer.</summary>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="ETag">With its quotes.</param>
internal sealed record CachedAnswer(byte[] Body, string ETag)
{
    private const int StampLength = 32;
    private const int HeaderLength = StampLength + sizeof(short);

    /// <summary>False for answers anyone can ask for in endless variety, such as pages past the end.</summary>
    public bool IsWorthSharing { get; init; } = true;


    /// <summary>An answer whose ETag is a hash of its body.</summary>
    /// <param name="version">Put in front of the hash; see <see cref="Features.Products.ProductETag"/>.</param>
    public static CachedAnswer Of(byte[] body, long? version = null)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8));
        return new CachedAnswer(body, version is null ? $"\"{hash}\"" : $"\"{version}-{hash}\"");
    }

    /// <summary>The answer as it lies in the state store: the revision it was made from, the ETag, the body.</summary>
    public byte[] ToBytes(CatalogRevision revision)
    {
        var bytes = new byte[HeaderLength + ETag.Length + Body.Length];
        WriteStamp(revision, bytes);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(StampLength), (short)ETag.Length);
        Encoding.ASCII.GetBytes(ETag, bytes.AsSpan(HeaderLength));
        Body.CopyTo(bytes.AsSpan(HeaderLength + ETag.Length));
        return bytes;
    }

    /// <summary>Null when the bytes were made from another revision, or by a version of this service that wrote them differently.</summary>
    public static CachedAnswer? FromBytes(ReadOnlySpan<byte> bytes, CatalogRevision wanted)
    {
        Span<byte> stamp = stackalloc byte[StampLength];
        WriteStamp(wanted, stamp);
        if (bytes.Length < HeaderLength || !bytes[..StampLength].SequenceEqual(stamp))
            return null;
        var etagLength = BinaryPrimitives.ReadInt16LittleEndian(bytes[StampLength..]);
        return etagLength < 0 || bytes.Length < HeaderLength + etagLength
            ? null
            : new CachedAnswer(bytes[(HeaderLength + etagLength)..].ToArray(), Encoding.ASCII.GetString(bytes.Slice(HeaderLength, etagLength)));
    }

    private static void WriteStamp(CatalogRevision revision, Span<byte> target)
    {
        revision.Content.TryWriteBytes(target);
        revision.Stock.TryWriteBytes(target[16..]);
    }
}
