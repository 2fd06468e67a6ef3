using System.Text.Json;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>How an event arrived.</summary>
/// <param name="Id">The CloudEvents id, the same in every redelivery.</param>
/// <param name="Time">When it was published; null when the publisher did not say.</param>
/// <param name="Services">The services of this delivery's scope.</param>
public sealed record EventDelivery(string Id, DateTimeOffset? Time, IServiceProvider Services);

/// <summary>The parts of a CloudEvent that a subscriber needs.</summary>
internal sealed record EventEnvelope(string? Id, DateTimeOffset? Time, JsonElement Data);
