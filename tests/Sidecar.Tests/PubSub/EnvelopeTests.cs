using System.Text;
using System.Text.Json;
using Argosy.Sidecar.PubSub;
using Argosy.Sidecar.PubSub.CloudEvents;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

public sealed class EnvelopeTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, 987, TimeSpan.Zero);

    [Theory]
    [InlineData("application/json", """{"a":1.50,"b":[true,null]}""", "data", """{"a":1.50,"b":[true,null]}""")]
    [InlineData("application/json; charset=utf-8", "12345678901234567890.5", "data", "12345678901234567890.5")]
    [InlineData("APPLICATION/JSON", "\"text\"", "data", "\"text\"")]
    [InlineData("application/json", "{broken", "data", "\"{broken\"")]
    [InlineData("application/json", "", "data", "\"\"")]
    [InlineData("application/json", "1 2", "data", "\"1 2\"")]
    [InlineData("application/vnd.shop+json", "{}", "data", "\"{}\"")]
    [InlineData("text/plain", "<b> & ü", "data", "\"<b> & ü\"")]
    [InlineData("application/xml", "<a/>", "data", "\"<a/>\"")]
    [InlineData("", "plain", "data", "\"plain\"")]
    [InlineData("application/octet-stream", "bytes", "data_base64", "\"Ynl0ZXM=\"")]
    [InlineData("application/cloudevents+protobuf", "bytes", "data_base64", "\"Ynl0ZXM=\"")]
    public void Wrap_ContentType_DecidesWhatBecomesOfTheData(string contentType, string data, string attribute, string expected)
    {
        var envelope = Wrap(contentType, data);

        Assert.Equal(expected, envelope.GetProperty(attribute).GetRawText());
        Assert.False(envelope.TryGetProperty(attribute == "data" ? "data_base64" : "data", out _));
        Assert.Equal(contentType.Length > 0 ? contentType : "text/plain", Text(envelope, "datacontenttype"));
    }

    [Fact]
    public void Wrap_OwnData_HasDaprsAttributesInAlphabeticalOrder()
    {
        var envelope = Wrap("application/json", "1");

        Assert.Equal(
            ["data", "datacontenttype", "id", "pubsubname", "source", "specversion", "time", "topic", "traceid", "traceparent", "tracestate", "type"],
            envelope.EnumerateObject().Select(attribute => attribute.Name));
        Assert.True(Guid.TryParse(Text(envelope, "id"), out _));
        Assert.Equal("pubsub", Text(envelope, "pubsubname"));
        Assert.Equal("shop", Text(envelope, "source"));
        Assert.Equal("1.0", Text(envelope, "specversion"));
        Assert.Equal("2026-05-04T03:02:01Z", Text(envelope, "time"));
        Assert.Equal("orders", Text(envelope, "topic"));
        Assert.Equal(TraceParent, Text(envelope, "traceid"));
        Assert.Equal(TraceParent, Text(envelope, "traceparent"));
        Assert.Equal("vendor=1", Text(envelope, "tracestate"));
        Assert.Equal("com.dapr.event.sent", Text(envelope, "type"));
    }

    [Fact]
    public void Wrap_TwoMessages_HaveTheirOwnIds() =>
        Assert.NotEqual(Text(Wrap("text/plain", "a"), "id"), Text(Wrap("text/plain", "a"), "id"));

    [Theory]
    [InlineData("cloudevent.id", "id")]
    [InlineData("cloudevent.source", "source")]
    [InlineData("cloudevent.type", "type")]
    [InlineData("cloudevent.subject", "subject")]
    [InlineData("cloudevent.tracestate", "tracestate")]
    [InlineData("CloudEvent.ID", "id")]
    public void Wrap_OverrideInMetadata_Wins(string name, string attribute) =>
        Assert.Equal("mine", Text(Wrap("text/plain", "x", metadata: (name, "mine")), attribute));

    [Theory]
    [InlineData("cloudevent.traceid")]
    [InlineData("cloudevent.traceparent")]
    public void Wrap_TraceOverride_SetsBothAttributes(string name)
    {
        var envelope = Wrap("text/plain", "x", metadata: (name, "00-1-2-01"));

        Assert.Equal("00-1-2-01", Text(envelope, "traceid"));
        Assert.Equal("00-1-2-01", Text(envelope, "traceparent"));
    }

    [Theory]
    [InlineData("cloudevent.topic", "topic", "orders")]
    [InlineData("cloudevent.pubsubname", "pubsubname", "pubsub")]
    public void Wrap_TopicAndPubSubName_CannotBeOverridden(string name, string attribute, string expected) =>
        Assert.Equal(expected, Text(Wrap("text/plain", "x", metadata: (name, "mine")), attribute));

    [Fact]
    public void Wrap_Expiration_IsInUtc() =>
        Assert.Equal("2026-05-04T01:02:03Z", Text(Wrap("text/plain", "x", new DateTimeOffset(2026, 5, 4, 3, 2, 3, TimeSpan.FromHours(2))), "expiration"));

    [Fact]
    public void Wrap_OwnCloudEvent_PassesThroughWithTopicAndMissingAttributes()
    {
        var envelope = Wrap("application/cloudevents+json; charset=utf-8", """{"id":"1","type":"order-placed","data":{"n":1.00,"big":12345678901234567890},"custom":true,"topic":"elsewhere"}""");

        Assert.Equal("1", Text(envelope, "id"));
        Assert.Equal("order-placed", Text(envelope, "type"));
        Assert.Equal("""{"n":1.00,"big":12345678901234567890}""", envelope.GetProperty("data").GetRawText());
        Assert.True(envelope.GetProperty("custom").GetBoolean());
        Assert.Equal("orders", Text(envelope, "topic"));
        Assert.Equal("pubsub", Text(envelope, "pubsubname"));
        Assert.Equal("Dapr", Text(envelope, "source"));
        Assert.Equal("1.0", Text(envelope, "specversion"));
        Assert.Equal("2026-05-04T03:02:01Z", Text(envelope, "time"));
        Assert.Equal(TraceParent, Text(envelope, "traceid"));
        Assert.Equal(TraceParent, Text(envelope, "traceparent"));
        Assert.Equal("vendor=1", Text(envelope, "tracestate"));
    }

    [Fact]
    public void Wrap_OwnCloudEventWithoutId_GetsNone() =>
        Assert.False(Wrap("application/cloudevents+json", """{"data":1}""").TryGetProperty("id", out _));

    [Fact]
    public void Wrap_OwnCloudEventWithTrace_KeepsIt()
    {
        var envelope = Wrap("application/cloudevents+json", """{"traceid":"theirs","tracestate":"s","source":"me","time":"t","specversion":"0.3"}""");

        Assert.Equal("theirs", Text(envelope, "traceid"));
        Assert.False(envelope.TryGetProperty("traceparent", out _));
        Assert.Equal(["s", "me", "t", "0.3"], [Text(envelope, "tracestate"), Text(envelope, "source"), Text(envelope, "time"), Text(envelope, "specversion")]);
    }

    [Fact]
    public void Wrap_OwnCloudEvent_IgnoresOverrides() =>
        Assert.Equal("1", Text(Wrap("application/cloudevents+json", """{"id":"1"}""", metadata: ("cloudevent.id", "mine")), "id"));

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("")]
    public void Wrap_OwnCloudEventThatIsNone_IsRefused(string data) =>
        Assert.Throws<FormatException>(() => Wrap("application/cloudevents+json", data));

    [Fact]
    public void WrapRaw_Bytes_AreBase64InAnEnvelope()
    {
        using var document = JsonDocument.Parse(Envelope.WrapRaw("pubsub", "orders", "bytes"u8.ToArray(), new TraceContext(TraceParent, ""), Now));
        var envelope = document.RootElement;

        Assert.Equal("Ynl0ZXM=", Text(envelope, "data_base64"));
        Assert.Equal("application/octet-stream", Text(envelope, "datacontenttype"));
        Assert.Equal("Dapr", Text(envelope, "source"));
        Assert.Equal("com.dapr.event.sent", Text(envelope, "type"));
        Assert.Equal("orders", Text(envelope, "topic"));
    }

    private static string? Text(JsonElement envelope, string attribute) => envelope.GetProperty(attribute).GetString();

    private static JsonElement Wrap(string contentType, string data, DateTimeOffset? expiration = null, params IReadOnlyList<(string Name, string Value)> metadata)
    {
        var bytes = Envelope.Wrap(new EnvelopeContent("shop", "pubsub", "orders", contentType, Encoding.UTF8.GetBytes(data),
            metadata.ToDictionary(item => item.Name, item => item.Value), new TraceContext(TraceParent, "vendor=1"), Now, expiration));
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }
}
