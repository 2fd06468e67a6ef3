using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Contracts;

namespace Argosy.ServiceDefaults.Tests.Contracts;

/// <summary>Events only ever gain optional fields. The samples are what was published once: never change one, add fields to the records only.</summary>
public sealed class EventContractTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static TheoryData<Type> Events => [.. EventTypes];

    private static IEnumerable<Type> EventTypes => typeof(IEvent).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && typeof(IEvent).IsAssignableFrom(type));

    [Theory]
    [MemberData(nameof(Events))]
    public void Sample_ReadAndWritten_KeepsEveryField(Type type)
    {
        var sample = JsonNode.Parse(Sample(type))!;
        var written = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(Sample(type), type, ArgosyJson.Options), type, ArgosyJson.Options)!;
        AssertKept(sample, written, TopicOf(type));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Sample_WithoutLaterFields_FillsEveryRequiredField(Type type) =>
        AssertFilled(JsonSerializer.Deserialize(Sample(type), type, ArgosyJson.Options)!, TopicOf(type));

    [Theory]
    [MemberData(nameof(Events))]
    public void Topic_IsKebabCaseAndLegalOnEveryBroker(Type type) => Assert.Matches("^[a-z]+(-[a-z]+)*(-v[0-9]+)?$", TopicOf(type));

    [Fact]
    public void Topics_AreDistinctAndEachHasASample()
    {
        var topics = EventTypes.Select(TopicOf).Order().ToList();
        Assert.Equal(topics.Distinct(), topics);
        Assert.Equal(topics, typeof(EventContractTests).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("samples/", StringComparison.Ordinal)).Select(name => name["samples/".Length..^".json".Length]).Order());
    }

    private static string TopicOf(Type type) => (string)type.GetProperty(nameof(IEvent.Topic), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static string Sample(Type type)
    {
        using var stream = typeof(EventContractTests).Assembly.GetManifestResourceStream($"samples/{TopicOf(type)}.json")
            ?? throw new InvalidOperationException($"The event {type.Name} has no Contracts/Samples/{TopicOf(type)}.json.");
        return new StreamReader(stream).ReadToEnd();
    }

    private static void AssertKept(JsonNode? before, JsonNode? after, string path)
    {
        switch (before)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                {
                    Assert.True(after is JsonObject other && other.ContainsKey(name), $"{path}.{name} is gone");
                    AssertKept(value, after![name], $"{path}.{name}");
                }
                break;
            case JsonArray list:
                Assert.Equal(list.Count, after!.AsArray().Count);
                for (var i = 0; i < list.Count; i++)
                    AssertKept(list[i], after[i], $"{path}[{i}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(before, after), $"{path} was {before?.ToJsonString()} and is {after?.ToJsonString()}");
                break;
        }
    }

    private static void AssertFilled(object value, string path)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0))
        {
            var held = property.GetValue(value);
            if (held is null)
            {
                Assert.True(Nullability.Create(property).ReadState == NullabilityState.Nullable, $"{path}.{property.Name} is new and not optional: make it nullable");
                continue;
            }
            if (held is IEnumerable list and not string)
            {
                foreach (var item in list)
                    AssertFilled(item, $"{path}.{property.Name}[]");
            }
            else if (held.GetType().Assembly == typeof(IEvent).Assembly)
            {
                AssertFilled(held, $"{path}.{property.Name}");
            }
        }
    }
}
