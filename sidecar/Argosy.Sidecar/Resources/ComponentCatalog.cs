using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.Resources;

/// <summary>Every component type the sidecar offers, and the check of a component's metadata against what its type understands.</summary>
internal sealed class ComponentCatalog
{
    private readonly Dictionary<string, (ComponentType Type, IReadOnlyDictionary<string, MetadataField> Fields)> _types = new(StringComparer.OrdinalIgnoreCase);

    public ComponentCatalog(IEnumerable<IBuildingBlock> blocks)
    {
        foreach (var block in blocks)
        {
            foreach (var type in block.ComponentTypes)
            {
                var fields = type.Fields.Concat(block.CommonFields).ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
                _types.Add(type.Type, (type, fields));
            }
        }
    }

    public ComponentType this[string type] => _types[type].Type;

    /// <summary>Reports an unknown type (with the nearest known one), unknown or missing metadata, and values of the wrong kind.</summary>
    public void Check(Component component, ResourceErrors errors)
    {
        if (component.Type.Length == 0)
            return;
        if (!_types.TryGetValue(component.Type, out var known))
        {
            errors.Add(component.Location, $"component '{component.Name}': unknown type '{component.Type}'{NearestName.Hint(component.Type, _types.Keys)}");
            return;
        }
        if (component.Version is not ("v1" or "v2" or ""))
            errors.Add(component.Location, $"component '{component.Name}': version '{component.Version}' is unknown, expected v1");
        foreach (var item in component.Metadata)
            CheckItem(component, item, known.Type, known.Fields, errors);
        foreach (var repeated in component.Metadata.GroupBy(item => item.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            errors.Add(repeated.Last().Location, $"component '{component.Name}': metadata '{repeated.Key}' is given twice");
        foreach (var required in known.Fields.Values.Where(field => field.Required))
        {
            if (!component.Metadata.Any(item => Named(item, required.Name) && (item.Value is { Length: > 0 } || item.SecretKeyRef is not null || item.EnvRef is not null)))
                errors.Add(component.Location, $"component '{component.Name}': metadata '{required.Name}' is required by {component.Type}");
        }
    }

    private static void CheckItem(Component component, MetadataItem item, ComponentType type, IReadOnlyDictionary<string, MetadataField> fields, ResourceErrors errors)
    {
        if (item.SecretKeyRef is not null && component.SecretStore is null)
            errors.Add(item.Location, $"component '{component.Name}': metadata '{item.Name}' takes a secret, but auth.secretStore is not set");
        if (item.Name.Length == 0)
            return;
        if (!fields.TryGetValue(item.Name, out var field))
        {
            if (!type.AllowsOtherMetadata)
                errors.Add(item.Location, $"component '{component.Name}': {component.Type} has no metadata '{item.Name}'{NearestName.Hint(item.Name, fields.Keys)}");
            return;
        }
        // Templates are expanded later; what they give is checked by the component itself.
        if (item.Value is { Length: > 0 } value && !value.Contains('{') && Expectation(field, value) is { } expected)
            errors.Add(item.Location, $"component '{component.Name}': metadata '{item.Name}' is '{value}', expected {expected}");
    }

    /// <summary>Null when the value is right, otherwise what it should be.</summary>
    private static string? Expectation(MetadataField field, string value)
    {
        if (field.OneOf is { } allowed && !allowed.Contains(value, StringComparer.OrdinalIgnoreCase))
            return allowed.Count == 1 ? $"'{allowed[0]}'" : $"one of {string.Join(", ", allowed)}";
        return field.Kind switch
        {
            MetadataKind.Integer when !int.TryParse(value, out _) => "a whole number",
            MetadataKind.Flag when !IsFlag(value) => "true or false",
            MetadataKind.Duration when !GoDuration.TryParse(value, TimeSpan.FromSeconds(1), out _) => "a duration such as 500ms or 1m30s",
            _ => null,
        };
    }

    private static bool IsFlag(string value) =>
        ComponentMetadata.IsTruthy(value) || value.Trim().ToLowerInvariant() is "n" or "no" or "false" or "f" or "off" or "0";

    private static bool Named(MetadataItem item, string name) => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase);
}
