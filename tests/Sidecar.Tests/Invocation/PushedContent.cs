using System.Net;
using System.Text;
using System.Threading.Channels;

namespace Argosy.Sidecar.Tests.Invocation;

/// <summary>A request body that the test writes piece by piece while the request is under way.</summary>
public sealed class PushedContent : HttpContent
{
    private readonly Channel<byte[]> _pieces = Channel.CreateUnbounded<byte[]>();

    public ValueTask PushAsync(string text, CancellationToken cancellationToken) => _pieces.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    public void Finish() => _pieces.Writer.Complete();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await foreach (var piece in _pieces.Reader.ReadAllAsync())
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
