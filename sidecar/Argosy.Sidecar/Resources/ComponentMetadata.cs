using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Argosy.Sidecar.Resources;

/// <summary>The resolved metadata of one component. Names are case-insensitive as in daprd; a value that does not parse is
/// reported at its own line.</summary>
internal sealed class ComponentMetadata(Component component, IReadOnlyDictionary<string, string> values)
{
    private readonly Dictionary<string, string> _values = new(values, StringComparer.OrdinalIgnoreCase);

    public Component Component { get; } = component;

    public IReadOnlyDictionary<string, string> Values => _values;

    public bool TryGet(string name, [NotNullWhen(true)] out string? value) =>
        _values.TryGetValue(name, out value) && value.Length > 0;

    public string Required(string name) =>
        TryGet(name, out var value) ? value : throw new ResourceException(Component.Location, $"component '{Component.Name}': metadata '{name}' is required");

    public string Text(string name, string fallback) => TryGet(name, out var value) ? value : fallback;

    /// <summary>Truthy is <c>y, yes, true, t, on, 1</c> in any case, as in daprd (dapr/kit utils.IsTruthy).</summary>
    public bool Flag(string name, bool fallback = false) =>
        TryGet(name, out var value) ? IsTruthy(value) : fallback;

    public int Integer(string name, int fallback) =>
        !TryGet(name, out var value) ? fallback
        : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Invalid(name, value, "a whole number");

    /// <summary>A Go duration (<c>1m30s</c>); a bare integer is <paramref name="bareUnit"/>.</summary>
    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan bareUnit) =>
        !TryGet(name, out var value) ? fallback
        : GoDuration.TryParse(value, bareUnit, out var duration) ? duration
        : throw Invalid(name, value, "a duration such as 500ms or 1m30s");

    public ResourceException Invalid(string name, string value, string expected)
    {
        var at = Component.Metadata.FirstOrDefault(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase))?.Location ?? Component.Location;
        return new ResourceException(at, $"component '{Component.Name}': metadata '{name}' is '{value}', expected {expected}");
    }

    public static bool IsTruthy(string value) => value.Trim().ToLowerInvariant() is "y" or "yes" or "true" or "t" or "on" or "1";
}
