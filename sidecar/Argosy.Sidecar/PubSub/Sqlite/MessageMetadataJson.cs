using System.Text.Json.Serialization;

namespace Argosy.Sidecar.PubSub.Sqlite;

/// <summary>How a message's metadata is written in its row.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class MessageMetadataJson : JsonSerializerContext;
