using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Argosy.Deployment.Tests.Images;

/// <summary>An image as the SDK archives it: its configuration, and the names of the files in its layers.</summary>
internal sealed class ImageArchive
{
    private ImageArchive(JsonElement config, IReadOnlyList<string> names, IReadOnlyList<string> files)
    {
        Configuration = config;
        Names = names;
        Files = files;
    }

    /// <summary>The <c>config</c> part of the image's configuration.</summary>
    public JsonElement Configuration { get; }

    /// <summary>The names it is loaded under, with tag.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Paths from the root, without the leading slash.</summary>
    public IReadOnlyList<string> Files { get; }

    public static ImageArchive Read(string path)
    {
        var entries = Entries(File.ReadAllBytes(path));
        var manifest = JsonDocument.Parse(entries["manifest.json"]).RootElement[0];
        var configFile = manifest.GetProperty("Config").GetString()!;
        var config = JsonDocument.Parse(entries[configFile]).RootElement.GetProperty("config");
        var layers = manifest.GetProperty("Layers").EnumerateArray().Select(layer => entries[layer.GetString()!]);
        return new ImageArchive(
            config,
            [.. manifest.GetProperty("RepoTags").EnumerateArray().Select(tag => tag.GetString()!)],
            [.. layers.SelectMany(layer => Entries(layer).Keys).Select(name => name.TrimStart('.', '/'))]);
    }

    private static Dictionary<string, byte[]> Entries(byte[] archive)
    {
        var isCompressed = archive is [0x1f, 0x8b, ..];
        using var stream = isCompressed ? (Stream)new GZipStream(new MemoryStream(archive), CompressionMode.Decompress) : new MemoryStream(archive);
        using var tar = new TarReader(stream);
        var entries = new Dictionary<string, byte[]>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries[entry.Name] = content.ToArray();
        }
        return entries;
    }
}
