using System.Globalization;
using System.Text.Json;

namespace Argosy.Sidecar.PubSub.CloudEvents;

/// <summary>An envelope as it came from the broker, read for what delivery needs to know.</summary>
internal sealed class ReceivedEvent : IDisposable
{
    private readonly JsonDocument _document;

    /// <exception cref="JsonException">The bytes are no JSON object.</exception>
    public ReceivedEvent(ReadOnlyMemory<byte> envelope)
    {
        _document = JsonDocument.Parse(envelope, new JsonDocumentOptions { MaxDepth = 512 });
        if (_document.RootElement.ValueKind != JsonValueKind.Object)
        {
            _document.Dispose();
            throw new JsonException("The message is not a CloudEvent: it is no JSON object.");
        }
    }

    public JsonElement Attributes => _document.RootElement;

    public string? TraceParent => Text("traceparent") is { Length: > 0 } parent ? parent : Text("traceid");

    public string? TraceState => Text("tracestate");

    public string? Id => Text("id");

    public bool IsExpired(DateTimeOffset now) =>
        Text("expiration") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration)
        && expiration <= now;

    public void Dispose() => _document.Dispose();

    private string? Text(string attribute) =>
        _document.RootElement.TryGetProperty(attribute, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
