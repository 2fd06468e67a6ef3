using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.Collections;

namespace Argosy.Sidecar.Metadata;

/// <summary>Writes metadata in the form of daprd's HTTP API, whose names differ from the gRPC message's. What is empty is left out.</summary>
internal static class MetadataJson
{
    public static byte[] Write(GetMetadataResponse metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", metadata.Id);
            json.WriteString("runtimeVersion", metadata.RuntimeVersion);
            WriteTexts(json, "enabledFeatures", metadata.EnabledFeatures);
            WriteArray(json, "components", metadata.RegisteredComponents, WriteComponent);
            WriteMap(json, "extended", metadata.ExtendedMetadata);
            WriteArray(json, "subscriptions", metadata.Subscriptions, WriteSubscription);
            WriteArray(json, "httpEndpoints", metadata.HttpEndpoints, (writer, endpoint) => writer.WriteString("name", endpoint.Name));
            if (metadata.AppConnectionProperties is { } app)
                WriteApp(json, app);
            WriteActors(json, metadata.ActorRuntime);
            if (metadata.Workflows is { ConnectedWorkers: > 0 } workflows)
            {
                json.WriteStartObject("workflows");
                json.WriteNumber("connectedWorkers", workflows.ConnectedWorkers);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteComponent(Utf8JsonWriter json, RegisteredComponents component)
    {
        json.WriteString("name", component.Name);
        json.WriteString("type", component.Type);
        json.WriteString("version", component.Version);
        WriteTexts(json, "capabilities", component.Capabilities);
    }

    private static void WriteSubscription(Utf8JsonWriter json, PubsubSubscription subscription)
    {
        json.WriteString("pubsubname", subscription.PubsubName);
        json.WriteString("topic", subscription.Topic);
        WriteMap(json, "metadata", subscription.Metadata);
        WriteArray(json, "rules", subscription.Rules.Rules, (writer, rule) =>
        {
            if (rule.Match.Length > 0)
                writer.WriteString("match", rule.Match);
            writer.WriteString("path", rule.Path);
        });
        if (subscription.DeadLetterTopic.Length > 0)
            json.WriteString("deadLetterTopic", subscription.DeadLetterTopic);
        json.WriteString("type", subscription.Type.ToString().ToUpperInvariant());
    }

    private static void WriteApp(Utf8JsonWriter json, AppConnectionProperties app)
    {
        json.WriteStartObject("appConnectionProperties");
        json.WriteNumber("port", app.Port);
        json.WriteString("protocol", app.Protocol);
        json.WriteString("channelAddress", app.ChannelAddress);
        if (app.MaxConcurrency > 0)
            json.WriteNumber("maxConcurrency", app.MaxConcurrency);
        json.WriteEndObject();
    }

    private static void WriteActors(Utf8JsonWriter json, ActorRuntime actors)
    {
        json.WriteStartObject("actorRuntime");
        json.WriteString("runtimeStatus", actors.RuntimeStatus.ToString().ToUpperInvariant());
        WriteArray(json, "activeActors", actors.ActiveActors, (writer, active) =>
        {
            writer.WriteString("type", active.Type);
            writer.WriteNumber("count", active.Count);
        });
        json.WriteBoolean("hostReady", actors.HostReady);
        json.WriteString("placement", actors.Placement);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, RepeatedField<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, RepeatedField<string> texts)
    {
        if (texts.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, MapField<string, string> map)
    {
        if (map.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var (key, value) in map)
            json.WriteString(key, value);
        json.WriteEndObject();
    }
}
