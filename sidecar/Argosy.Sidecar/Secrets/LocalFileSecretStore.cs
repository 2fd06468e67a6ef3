using System.Text.Json;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Secrets;

/// <summary><c>secretstores.local.file</c>: a JSON file, read once. Nested values are either flattened into names of their own
/// (<c>a:b:c</c>) or, with <c>multiValued</c>, become the keys of one secret for each top-level name.</summary>
internal sealed class LocalFileSecretStore(ComponentMetadata metadata) : ISecretStore, IInitialisedComponent, IDescribedComponent
{
    public static readonly ComponentType Type = new("secretstores.local.file",
        [new("secretsFile", Required: true), new("nestedSeparator"), new("multiValued", MetadataKind.Flag)],
        context => new LocalFileSecretStore(context.Metadata));

    private readonly string _separator = metadata.Text("nestedSeparator", ":");
    private IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _secrets = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public IEnumerable<string> Capabilities => metadata.Flag("multiValued") ? ["MULTIPLE_KEY_VALUES_PER_SECRET"] : [];

    public async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        var path = metadata.Required("secretsFile");
        try
        {
            using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellationToken), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            if (file.RootElement.ValueKind != JsonValueKind.Object)
                throw metadata.Invalid("secretsFile", path, "a file with one JSON object");
            _secrets = metadata.Flag("multiValued") ? ReadMultiValued(file.RootElement) : ReadFlat(file.RootElement);
        }
        catch (JsonException invalid)
        {
            throw metadata.Invalid("secretsFile", path, $"a JSON file (its line {invalid.LineNumber + 1} is not)");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw metadata.Invalid("secretsFile", path, $"a readable file ({unreadable.Message})");
        }
    }

    public ValueTask<IReadOnlyDictionary<string, string>?> GetAsync(string name, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_secrets.GetValueOrDefault(name));

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> GetAllAsync(IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_secrets);

    private Dictionary<string, IReadOnlyDictionary<string, string>> ReadFlat(JsonElement root) =>
        Flatten(root, "").ToDictionary(secret => secret.Key, secret => (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { [secret.Key] = secret.Value });

    private Dictionary<string, IReadOnlyDictionary<string, string>> ReadMultiValued(JsonElement root)
    {
        var secrets = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            secrets[property.Name] = property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? Flatten(property.Value, "").ToDictionary()
                : new Dictionary<string, string> { [property.Name] = Text(property.Value) };
        }
        return secrets;
    }

    private IEnumerable<KeyValuePair<string, string>> Flatten(JsonElement element, string path)
    {
        var children = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(property => (property.Name, property.Value)),
            JsonValueKind.Array => element.EnumerateArray().Select((item, index) => (Name: index.ToString(), Value: item)),
            _ => null,
        };
        return children is null
            ? [new(path, Text(element))]
            : children.SelectMany(child => Flatten(child.Value, path.Length == 0 ? child.Name : path + _separator + child.Name));
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
