using System.Text.Json;
using Argosy.Sidecar.PubSub;
using Argosy.Sidecar.PubSub.Subscriptions;
using Argosy.Sidecar.Resources;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>The small rules of pub/sub: topic scopes, message metadata, route conditions.</summary>
public sealed class PubSubRulesTests
{
    [Theory]
    [InlineData("a", true, true)]
    [InlineData("secret", false, false)]
    public void Scopes_Protected_NeedsAnEntry(string topic, bool mayPublish, bool maySubscribe) =>
        AssertScopes(topic, mayPublish, maySubscribe, ("protectedTopics", "secret, other"));

    [Theory]
    [InlineData("a", true, true)]
    [InlineData("c", false, false)]
    public void Scopes_Allowed_IsTheWholeList(string topic, bool mayPublish, bool maySubscribe) =>
        AssertScopes(topic, mayPublish, maySubscribe, ("allowedTopics", "a,b"));

    [Theory]
    [InlineData("a", true, true)]
    [InlineData("secret", true, false)]
    [InlineData("b", false, true)]
    public void Scopes_OfTheApp_AreAllItMayUse(string topic, bool mayPublish, bool maySubscribe) =>
        AssertScopes(topic, mayPublish, maySubscribe, ("protectedTopics", "secret"), ("publishingScopes", "other=b; shop = a, secret"));

    [Fact]
    public void Scopes_AppWithoutTopics_MayUseNone() =>
        AssertScopes("a", true, false, ("subscriptionScopes", "shop=;other=a"));

    [Theory]
    [InlineData("rawPayload", "true", true)]
    [InlineData("rawpayload", "1", true)]
    [InlineData("rawPayload", "F", false)]
    [InlineData("rawPayload", "", false)]
    [InlineData("other", "true", false)]
    public void RawPayload_IsReadAsGoDoes(string name, string value, bool expected) =>
        Assert.Equal(expected, MessageMetadata.IsRawPayload(new Dictionary<string, string> { [name] = value }));

    [Fact]
    public void RawPayload_Other_IsRefused() =>
        Assert.Throws<FormatException>(() => MessageMetadata.IsRawPayload(new Dictionary<string, string> { ["rawPayload"] = "yes" }));

    [Theory]
    [InlineData("ttlInSeconds", "90", 90)]
    [InlineData("ttl", "1m", 60)]
    [InlineData("TTLINSECONDS", "2", 2)]
    public void TimeToLive_IsSecondsOrADuration(string name, string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), MessageMetadata.TimeToLive(new Dictionary<string, string> { [name] = value }));

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    public void TimeToLive_NotPositive_IsRefused(string value) =>
        Assert.Throws<FormatException>(() => MessageMetadata.TimeToLive(new Dictionary<string, string> { ["ttlInSeconds"] = value }));

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public void TimeToLive_BeyondAllTime_IsNone(string value) =>
        Assert.Null(MessageMetadata.TimeToLive(new Dictionary<string, string> { ["ttlInSeconds"] = value }));

    [Theory]
    [InlineData("""event.type == "order-placed" """, true)]
    [InlineData("event.type == 'order-placed'", true)]
    [InlineData("""event.type=="other" """, false)]
    [InlineData("""event.type != "other" """, true)]
    [InlineData("""event.data.kind == "big" """, true)]
    [InlineData("""event.data.total == "12" """, false)]
    public void Condition_ComparesOneAttribute(string text, bool expected)
    {
        using var envelope = JsonDocument.Parse("""{"type":"order-placed","data":{"kind":"big","total":12}}""");

        Assert.Equal(expected, RouteCondition.Parse(text).Holds(envelope.RootElement));
    }

    [Fact]
    public void Condition_AttributeMissing_IsAnError()
    {
        using var envelope = JsonDocument.Parse("""{"type":"order-placed"}""");

        Assert.Throws<KeyNotFoundException>(() => RouteCondition.Parse("event.data.kind == 'big'").Holds(envelope.RootElement));
    }

    [Theory]
    [InlineData("event.data.total > 10")]
    [InlineData("event.type == 'a' || event.type == 'b'")]
    [InlineData("has(event.data.k)")]
    [InlineData("type == 'a'")]
    public void Condition_OutsideWhatIsUnderstood_IsRefused(string text) =>
        Assert.Contains(text, Assert.Throws<FormatException>(() => RouteCondition.Parse(text)).Message, StringComparison.Ordinal);

    private static void AssertScopes(string topic, bool mayPublish, bool maySubscribe, params IReadOnlyList<(string Name, string Value)> metadata)
    {
        var component = new Component("pubsub", "pubsub.in-memory", "v1", [], new SourceLocation("pubsub.yaml", 1));
        var scopes = new TopicScopes(new ComponentMetadata(component, metadata.ToDictionary(item => item.Name, item => item.Value)), "shop");

        Assert.Equal(mayPublish, scopes.MayPublish(topic));
        Assert.Equal(maySubscribe, scopes.MaySubscribe(topic));
    }
}
