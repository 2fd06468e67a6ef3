using System.Collections.Concurrent;
using System.Text;
using Argosy.Sidecar.PubSub;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>Stands where the delivery engine stands: keeps what a component hands over.</summary>
internal sealed class RecordingHandler
{
    private readonly ConcurrentQueue<IncomingMessage> _messages = new();

    /// <summary>What becomes of each message.</summary>
    public Func<IncomingMessage, CancellationToken, Task<DeliveryOutcome>> Outcome { get; set; } = (_, _) => Task.FromResult(DeliveryOutcome.Acknowledge);

    public IReadOnlyList<IncomingMessage> Messages => [.. _messages];

    public IReadOnlyList<string> Texts => [.. _messages.Select(message => Encoding.UTF8.GetString(message.Data.Span))];

    public Task<DeliveryOutcome> HandleAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        _messages.Enqueue(message);
        return Outcome(message, cancellationToken);
    }

    public static OutgoingMessage Message(string text, TimeSpan? timeToLive = null) =>
        new(Encoding.UTF8.GetBytes(text), MessageMetadata.None, timeToLive);
}
