using System.Threading.Channels;
using Dapr.DurableTask.Protobuf;
using Grpc.Core;

namespace Argosy.Sidecar.Workflows;

/// <summary>One worker's open stream of work items.</summary>
internal sealed class WorkerStream
{
    private readonly Channel<WorkTicket> _tickets = Channel.CreateUnbounded<WorkTicket>(new() { SingleReader = true });

    /// <summary>Tickets handed out and not answered; guarded by the dispatcher.</summary>
    public HashSet<WorkTicket> Open { get; } = [];

    public void Send(WorkTicket ticket) => _tickets.Writer.TryWrite(ticket);

    /// <summary>Writes until the worker or the sidecar goes.</summary>
    public async Task WriteAsync(IServerStreamWriter<WorkItem> responses, CancellationToken cancellationToken)
    {
        // A flush for each message costs a system call; while more are waiting they go out together.
        var more = new WriteOptions(WriteFlags.BufferHint);
        while (await _tickets.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_tickets.Reader.TryRead(out var ticket))
            {
                if (ticket.IsCancelled || ticket.Stream != this)
                    continue;
                responses.WriteOptions = _tickets.Reader.TryPeek(out _) ? more : WriteOptions.Default;
                await responses.WriteAsync(ticket.ToMessage(), cancellationToken);
            }
        }
    }
}
