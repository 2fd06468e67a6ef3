using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Sidecar.Hosting;

/// <summary>The file form of a <see cref="Topology"/>: its records as camelCase JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Topology))]
internal sealed partial class TopologyFile : JsonSerializerContext
{
    /// <exception cref="JsonException">The file is not a topology.</exception>
    public static Topology Read(string path) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), Default.Topology) ?? throw new JsonException("the file is empty");

    public static void Write(string path, Topology topology) =>
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(topology, Default.Topology));
}
