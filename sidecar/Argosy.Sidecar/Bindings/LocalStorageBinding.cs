using System.Text;
using System.Text.Json;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary><c>bindings.localstorage</c>: files in a folder.</summary>
internal sealed class LocalStorageBinding(LocalStorageRoot root) : IOutputBinding, IInitialisedComponent
{
    // A link may lead out of the folder, or round in circles.
    private static readonly EnumerationOptions WithoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public static IReadOnlyList<MetadataField> Fields { get; } = [new("rootPath", Required: true)];

    public IReadOnlyList<string> Operations { get; } = ["create", "get", "list", "delete"];

    public Task InitialiseAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(root.Path);
        return Task.CompletedTask;
    }

    public async Task<BindingResponse?> InvokeAsync(BindingRequest request, CancellationToken cancellationToken)
    {
        var name = request.Metadata.GetValueOrDefault("fileName", "");
        return request.Operation switch
        {
            "create" => await CreateAsync(name.Length > 0 ? name : Guid.NewGuid().ToString(), request.Data, cancellationToken),
            "get" => await GetAsync(name, cancellationToken),
            "list" => List(name),
            _ => Delete(name),
        };
    }

    private async Task<BindingResponse> CreateAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var path = root.Locate(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Beside it first: whoever reads meanwhile, or a death in between, never meets half a file.
        var draft = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            await File.WriteAllBytesAsync(draft, Decode(data), cancellationToken);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
        return Answer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("fileName", root.Relative(path));
            writer.WriteEndObject();
        });
    }

    private async Task<BindingResponse> GetAsync(string name, CancellationToken cancellationToken)
    {
        var path = root.Locate(name);
        return File.Exists(path)
            ? new BindingResponse(await File.ReadAllBytesAsync(path, cancellationToken), BindingResponse.NoMetadata)
            : throw new FileNotFoundException($"file not found: {path}");
    }

    private BindingResponse List(string name)
    {
        var path = root.Locate(name);
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"unable to list files as the file specified is not a directory: {path}");
        var files = Directory.EnumerateFiles(path, "*", WithoutLinks).Order(StringComparer.Ordinal).ToList();
        return Answer(writer =>
        {
            writer.WriteStartArray();
            foreach (var file in files)
                writer.WriteStringValue(file);
            writer.WriteEndArray();
        });
    }

    private BindingResponse? Delete(string name)
    {
        var path = root.Locate(name);
        if (!File.Exists(path))
            throw new FileNotFoundException($"error deleting file {path}: no such file");
        File.Delete(path);
        return null;
    }

    /// <summary>A JSON string counts as its content, and what is base64 as what it stands for.</summary>
    private static byte[] Decode(ReadOnlyMemory<byte> data)
    {
        var content = data.ToArray();
        if (content.Length > 1 && content[0] == '"')
        {
            try
            {
                content = Encoding.UTF8.GetBytes(JsonSerializer.Deserialize<string>(content)!);
            }
            catch (JsonException)
            {
                // No JSON string: the bytes are what was meant.
            }
        }
        var decoded = new byte[content.Length];
        return content.Length > 0 && Convert.TryFromBase64String(Encoding.Latin1.GetString(content), decoded, out var length) ? decoded[..length] : content;
    }

    private static BindingResponse Answer(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return new BindingResponse(buffer.ToArray(), BindingResponse.NoMetadata);
    }
}
