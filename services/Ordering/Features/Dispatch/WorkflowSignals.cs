using System.Threading.Channels;
using Argosy.Contracts.Inventory;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Workflows;

namespace Argosy.Ordering.Features.Dispatch;

/// <summary>Committed changes their workflow has yet to hear of, handed from the requests to the <see cref="WorkflowDispatcher"/> of this
/// process. It may lose them with the process: the order's row remembers.</summary>
internal sealed class WorkflowSignals
{
    private readonly Channel<WorkflowSignal> _channel = Channel.CreateUnbounded<WorkflowSignal>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelReader<WorkflowSignal> Reader => _channel.Reader;

    public void Start(Order order) => _channel.Writer.TryWrite(new WorkflowSignal(order.Id, InputOf(order)));

    public void Cancel(Guid orderId) => _channel.Writer.TryWrite(new WorkflowSignal(orderId, Start: null));

    public static OrderWorkflowInput InputOf(Order order) =>
        new(order.Id, [.. order.Lines.Select(line => new ReservationLine(line.Sku, line.Quantity))]);
}

/// <summary>Something to tell a workflow.</summary>
/// <param name="Start">What it starts with; null for a request to cancel.</param>
internal sealed record WorkflowSignal(Guid OrderId, OrderWorkflowInput? Start);
