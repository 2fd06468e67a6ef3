namespace Argosy.Sidecar.PubSub.CloudEvents;

/// <summary>The media types that decide what the envelope does with its data. Parameters are allowed, suffixes such as
/// <c>+json</c> do not count: daprd treats <c>application/vnd.x+json</c> as text.</summary>
internal static class MediaType
{
    public const string CloudEvent = "application/cloudevents+json";
    public const string Json = "application/json";
    public const string OctetStream = "application/octet-stream";
    public const string PlainText = "text/plain";

    private const string CloudEventProtobuf = "application/cloudevents+protobuf";

    public static bool IsCloudEvent(string contentType) => Is(contentType, CloudEvent);

    public static bool IsJson(string contentType) => Is(contentType, Json);

    public static bool IsBinary(string contentType) => Is(contentType, OctetStream) || Is(contentType, CloudEventProtobuf);

    private static bool Is(string contentType, string mediaType)
    {
        var end = contentType.IndexOf(';');
        var bare = end < 0 ? contentType.AsSpan() : contentType.AsSpan(0, end);
        return bare.Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase);
    }
}
