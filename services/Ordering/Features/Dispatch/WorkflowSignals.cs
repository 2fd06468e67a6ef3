using System.Threading.Channels;
using Argosy.Contracts.Inventory;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Workflows;
using Microsoft.Extensions.Options;

namespace Argosy.Ordering.Features.Dispatch;

/// <summary>Committed changes their workflow has yet to hear of, handed from the requests to the <see cref="WorkflowDispatcher"/> of this
/// process. It may lose them with the process: the order's row remembers.</summary>
internal sealed class WorkflowSignals(IOptions<OrderingOptions> options)
{
    private readonly Channel<WorkflowSignal> _channel = Channel.CreateUnbounded<WorkflowSignal>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelReader<WorkflowSignal> Reader => _channel.Reader;

    public void Start(Order order) => _channel.Writer.TryWrite(StartOf(order));

    public void Cancel(Guid orderId) => _channel.Writer.TryWrite(new WorkflowSignal.Cancel(orderId));

    public void Ship(Guid orderId) => _channel.Writer.TryWrite(new WorkflowSignal.Ship(orderId));

    public WorkflowSignal.Start StartOf(Order order) =>
        new(new OrderWorkflowInput(
            order.Id,
            [.. order.Lines.Select(line => new ReservationLine(line.Sku, line.Quantity))],
            options.Value.PaymentActionWindow,
            options.Value.CompletionDelay));
}
