using YamlDotNet.RepresentationModel;

namespace Argosy.Sidecar.Resources;

/// <summary>A YAML mapping read field by field. What is missing, has the wrong shape or is unknown is reported with its own line.</summary>
internal sealed class YamlMap(YamlMappingNode node, string file, ResourceErrors errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public SourceLocation Location { get; } = new(file, (int)node.Start.Line);

    public SourceLocation LocationOf(string name) => Find(name) is { } value ? At(value) : Location;

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The text of a scalar; null when the field is absent or empty.</summary>
    public string? Text(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return IsNull(scalar) ? null : scalar.Value;
            case var other:
                errors.Add(At(other), $"'{name}' must be a single value");
                return null;
        }
    }

    /// <summary>As <see cref="Text"/>, and reported when absent; then the result is empty.</summary>
    public string RequiredText(string name)
    {
        if (Text(name) is { Length: > 0 } text)
            return text;
        if (Find(name) is null or YamlScalarNode)
            errors.Add(LocationOf(name), $"'{name}' is required");
        return "";
    }

    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
            return false;
        if (bool.TryParse(text, out var flag))
            return flag;
        errors.Add(LocationOf(name), $"'{name}' is '{text}', expected true or false");
        return false;
    }

    public int? Integer(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (int.TryParse(text, out var number))
            return number;
        errors.Add(LocationOf(name), $"'{name}' is '{text}', expected a whole number");
        return null;
    }

    /// <param name="name">A field holding a Go duration such as <c>5s</c>; a bare integer counts seconds.</param>
    public TimeSpan? Duration(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (GoDuration.TryParse(text, TimeSpan.FromSeconds(1), out var duration))
            return duration;
        errors.Add(LocationOf(name), $"'{name}' is '{text}', expected a duration such as 500ms or 1m30s");
        return null;
    }

    public YamlMap? Map(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case YamlMappingNode map:
                return new YamlMap(map, file, errors);
            case YamlScalarNode scalar when IsNull(scalar):
                return null;
            case var other:
                errors.Add(At(other), $"'{name}' must be a mapping");
                return null;
        }
    }

    public YamlMap RequiredMap(string name)
    {
        if (Map(name) is { } map)
            return map;
        if (Find(name) is null or YamlScalarNode)
            errors.Add(LocationOf(name), $"'{name}' is required");
        return new YamlMap([], file, errors) { IsMissing = true };
    }

    /// <summary>True for the stand-in that <see cref="RequiredMap"/> gives for an absent mapping (already reported).</summary>
    public bool IsMissing { get; private init; }

    public IReadOnlyList<YamlMap> Maps(string name)
    {
        var maps = new List<YamlMap>();
        foreach (var item in Items(name))
        {
            if (item is YamlMappingNode map)
                maps.Add(new YamlMap(map, file, errors));
            else
                errors.Add(At(item), $"entries of '{name}' must be mappings");
        }
        return maps;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var item in Items(name))
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } text })
                texts.Add(text);
            else
                errors.Add(At(item), $"entries of '{name}' must be plain values");
        }
        return texts;
    }

    /// <summary>A mapping of names to plain values.</summary>
    public IReadOnlyDictionary<string, string> Dictionary(string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Map(name) is { } map)
        {
            foreach (var key in map.Keys)
                values[key] = map.Text(key) ?? "";
        }
        return values;
    }

    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>Reports every field that nobody has asked for.</summary>
    public void RefuseUnknownFields()
    {
        foreach (var key in node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!_known.Contains(name))
                errors.Add(At(key), $"unknown field '{name}'{NearestName.Hint(name, _known)}");
        }
    }

    private IEnumerable<YamlNode> Items(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return list.Children;
            case YamlScalarNode scalar when IsNull(scalar):
                return [];
            case var other:
                errors.Add(At(other), $"'{name}' must be a list");
                return [];
        }
    }

    private YamlNode? Find(string name)
    {
        _known.Add(name);
        return node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;
    }

    private SourceLocation At(YamlNode other) => new(file, (int)other.Start.Line);

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style == YamlDotNet.Core.ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null";
}
