using System.Collections.Concurrent;
using Argosy.ServiceDefaults.Messaging;

namespace Argosy.ServiceDefaults.Tests.Hosting;

/// <summary>A broker in memory that keeps what it accepts, and can be down, slow or picky.</summary>
internal sealed class RecordingBroker : IEventBroker
{
    private int _attempts;
    private int _inFlight;

    public ConcurrentQueue<OutboxMessage> Accepted { get; } = new();

    public bool IsDown { get; set; }

    /// <summary>Refuses a message while true for it.</summary>
    public Func<OutboxMessage, bool> Refuses { get; set; } = _ => false;

    public TimeSpan Delay { get; set; }

    public int Attempts => _attempts;

    public int MostInFlight { get; private set; }

    public async Task<(IReadOnlyList<long> Accepted, string? Refusal)> PublishAsync(string topic, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        if (IsDown)
            throw new Dapr.DaprException("down");
        MostInFlight = Math.Max(MostInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            if (Delay > TimeSpan.Zero)
                await Task.Delay(Delay, cancellationToken);
            var accepted = messages.Where(message => !Refuses(message)).ToList();
            accepted.ForEach(Accepted.Enqueue);
            return ([.. accepted.Select(message => message.Sequence)], accepted.Count < messages.Count ? "refused" : null);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
