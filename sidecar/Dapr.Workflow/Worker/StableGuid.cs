using System.Security.Cryptography;
using System.Text;

namespace Dapr.Workflow.Worker;

/// <summary>Name-based GUIDs (RFC 9562 version 5): the same name always gives the same GUID.</summary>
internal static class StableGuid
{
    // The namespace official workers use for instance ids that are not GUIDs; another one would change the keys of running instances.
    private static readonly Guid InstanceNamespace = new("6f927a2e-9c7e-4a1d-9b8d-7a86f2e7f62f");

    public static Guid ForExecution(string executionOrInstanceId) =>
        Guid.TryParse(executionOrInstanceId, out var guid) ? guid : Create(InstanceNamespace, executionOrInstanceId);

    public static Guid Create(Guid space, string name)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        Span<byte> text = length <= 256 ? stackalloc byte[16 + length] : new byte[16 + length];
        space.TryWriteBytes(text, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, text[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Version 5 is defined with SHA-1; nothing is secured by it.
        SHA1.HashData(text, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
