using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Argosy.Sidecar.Hosting;

/// <summary>Lets one clear-text port speak HTTP/1.1 and HTTP/2 with prior knowledge. Kestrel chooses between the two by the TLS handshake
/// only, so a connection that opens with HTTP/2's preface is given the outcome of such a handshake.</summary>
internal static class H2cDetection
{
    public static ConnectionDelegate Middleware(ConnectionDelegate next) => async connection =>
    {
        bool isHttp2;
        try
        {
            isHttp2 = await StartsWithPrefaceAsync(connection);
        }
        catch (Exception gone) when (gone is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            // It ended, or the sidecar stops, before a first byte.
            return;
        }
        if (isHttp2)
        {
            var negotiated = new NegotiatedHttp2();
            connection.Features.Set<ITlsConnectionFeature>(negotiated);
            connection.Features.Set<ITlsApplicationProtocolFeature>(negotiated);
        }
        await next(connection);
    };

    private static async Task<bool> StartsWithPrefaceAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? connection.ConnectionClosed;
        while (true)
        {
            var read = await input.ReadAsync(closing);
            var verdict = Matches(read.Buffer);
            var isUndecided = verdict is null && !read.IsCompleted;
            // Nothing is consumed: the bytes are read again by whoever speaks the protocol.
            input.AdvanceTo(read.Buffer.Start, isUndecided ? read.Buffer.End : read.Buffer.Start);
            if (!isUndecided)
                return verdict ?? false;
        }
    }

    /// <summary>Null while there are too few bytes to tell.</summary>
    private static bool? Matches(ReadOnlySequence<byte> received)
    {
        var preface = "PRI * HTTP/2.0"u8;
        Span<byte> start = stackalloc byte[preface.Length];
        var length = (int)Math.Min(received.Length, preface.Length);
        received.Slice(0, length).CopyTo(start);
        if (!preface[..length].SequenceEqual(start[..length]))
            return false;
        return length == preface.Length ? true : null;
    }

    private sealed class NegotiatedHttp2 : ITlsConnectionFeature, ITlsApplicationProtocolFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}
