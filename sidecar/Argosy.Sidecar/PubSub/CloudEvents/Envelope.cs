using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Argosy.Sidecar.PubSub.CloudEvents;

/// <summary>What an envelope is made from.</summary>
/// <param name="Source">App id of the publisher.</param>
/// <param name="Metadata">Request metadata; names that start with <c>cloudevent.</c> override attributes.</param>
/// <param name="Expiration">Set where the component does not expire messages itself.</param>
internal sealed record EnvelopeContent(
    string Source,
    string PubSubName,
    string Topic,
    string ContentType,
    ReadOnlyMemory<byte> Data,
    IReadOnlyDictionary<string, string> Metadata,
    TraceContext Trace,
    DateTimeOffset Now,
    DateTimeOffset? Expiration);

/// <summary>Puts published data into CloudEvents 1.0 JSON the way daprd does, attributes in alphabetical order.</summary>
internal static class Envelope
{
    private const string DefaultType = "com.dapr.event.sent";
    private const string DefaultSource = "Dapr";
    private const string SpecVersion = "1.0";
    private const int DeepestJson = 512;

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <exception cref="FormatException">The content type says CloudEvent, the data is none.</exception>
    public static byte[] Wrap(EnvelopeContent content) =>
        MediaType.IsCloudEvent(content.ContentType) ? Complete(content) : Create(content);

    /// <summary>The envelope that a subscriber without envelopes in its topic (<c>rawPayload</c>) gets around the broker's bytes.</summary>
    public static byte[] WrapRaw(string pubSubName, string topic, ReadOnlyMemory<byte> data, TraceContext trace, DateTimeOffset now) =>
        Create(new EnvelopeContent(DefaultSource, pubSubName, topic, MediaType.OctetStream, data, MessageMetadata.None, trace, now, Expiration: null));

    private static byte[] Create(EnvelopeContent content)
    {
        string? Override(string attribute) => MessageMetadata.TryGet(content.Metadata, $"cloudevent.{attribute}", out var value) ? value : null;

        var contentType = content.ContentType.Length > 0 ? content.ContentType : MediaType.PlainText;
        var trace = Override("traceparent") ?? Override("traceid") ?? content.Trace.TraceParent;
        return Write(content.Data.Length + 512, json =>
        {
            if (MediaType.IsBinary(contentType))
                json.WriteBase64String("data_base64", content.Data.Span);
            else
                WriteData(json, contentType, content.Data.Span);
            json.WriteString("datacontenttype", contentType);
            if (content.Expiration is { } expiration)
                json.WriteString("expiration", Timestamp(expiration.ToUniversalTime()));
            json.WriteString("id", Override("id") ?? Guid.NewGuid().ToString());
            json.WriteString("pubsubname", content.PubSubName);
            json.WriteString("source", Override("source") ?? (content.Source.Length > 0 ? content.Source : DefaultSource));
            json.WriteString("specversion", SpecVersion);
            if (Override("subject") is { } subject)
                json.WriteString("subject", subject);
            json.WriteString("time", Timestamp(content.Now));
            json.WriteString("topic", content.Topic);
            json.WriteString("traceid", trace);
            json.WriteString("traceparent", trace);
            json.WriteString("tracestate", Override("tracestate") ?? content.Trace.TraceState);
            json.WriteString("type", Override("type") ?? DefaultType);
        });
    }

    /// <summary>The publisher's own CloudEvent: topic and pubsubname are ours, what else is missing is added, except an id.</summary>
    private static byte[] Complete(EnvelopeContent content)
    {
        using var document = Parse(content.Data);
        var attributes = new SortedDictionary<string, Action<Utf8JsonWriter>>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
            attributes[property.Name] = json => json.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);

        void Set(string name, string value) => attributes[name] = json => json.WriteStringValue(value);
        void SetIfAbsent(string name, string value) => attributes.TryAdd(name, json => json.WriteStringValue(value));

        Set("pubsubname", content.PubSubName);
        Set("topic", content.Topic);
        if (content.Expiration is { } expiration)
            Set("expiration", Timestamp(expiration.ToUniversalTime()));
        if (!attributes.ContainsKey("traceid"))
        {
            Set("traceid", content.Trace.TraceParent);
            Set("traceparent", content.Trace.TraceParent);
        }
        SetIfAbsent("tracestate", content.Trace.TraceState);
        SetIfAbsent("time", Timestamp(content.Now));
        SetIfAbsent("source", DefaultSource);
        SetIfAbsent("type", DefaultType);
        SetIfAbsent("specversion", SpecVersion);
        return Write(content.Data.Length + 256, json =>
        {
            foreach (var (name, write) in attributes)
            {
                json.WritePropertyName(name);
                write(json);
            }
        });
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> data)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(data, new JsonDocumentOptions { MaxDepth = DeepestJson });
        }
        catch (JsonException failure)
        {
            throw new FormatException($"the event is not JSON: {failure.Message}", failure);
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new FormatException("the event is not a JSON object");
    }

    private static void WriteData(Utf8JsonWriter json, string contentType, ReadOnlySpan<byte> data)
    {
        json.WritePropertyName("data");
        if (MediaType.IsJson(contentType) && IsJson(data))
            json.WriteRawValue(data, skipInputValidation: true);
        else
            json.WriteStringValue(Encoding.UTF8.GetString(data));
    }

    private static bool IsJson(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = DeepestJson });
        try
        {
            var any = false;
            while (reader.Read())
                any = true;
            return any;
        }
        catch (JsonException)
        {
            // Said to be JSON and is not: it travels as text.
            return false;
        }
    }

    private static byte[] Write(int sizeHint, Action<Utf8JsonWriter> writeAttributes)
    {
        var buffer = new ArrayBufferWriter<byte>(sizeHint);
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            writeAttributes(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Timestamp(DateTimeOffset time) =>
        time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
