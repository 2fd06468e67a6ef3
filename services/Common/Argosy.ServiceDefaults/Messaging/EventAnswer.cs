using System.Text.Json.Serialization;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>What the sidecar is told of a delivery.</summary>
internal sealed record EventAnswer([property: JsonPropertyName("status")] string Status)
{
    public static readonly EventAnswer Success = new("SUCCESS");

    /// <summary>To the dead-letter topic: no redelivery will make it better.</summary>
    public static readonly EventAnswer Drop = new("DROP");
}
