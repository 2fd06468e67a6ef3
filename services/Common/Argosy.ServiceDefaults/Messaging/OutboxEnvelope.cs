using System.Text.Json;
using Dapr;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>An outbox row as the CloudEvent that leaves.</summary>
internal static class OutboxEnvelope
{
    public static CloudEvent<JsonElement> Create(OutboxMessage message, Uri source) => new(JsonElement.Parse(message.Data))
    {
        Id = message.Id.ToString(),
        Source = source,
        Type = message.Topic,
        Time = TimeOf(message.Id),
        // The sidecar keeps a trace context only where both names are present.
        TraceId = message.TraceParent,
        TraceParent = message.TraceParent,
        TraceState = message.TraceState,
    };

    /// <summary>A UUIDv7 starts with its Unix time in milliseconds.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        foreach (var part in bytes[..6])
            milliseconds = (milliseconds << 8) | part;
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
