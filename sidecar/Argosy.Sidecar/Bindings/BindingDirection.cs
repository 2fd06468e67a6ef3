using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary>Which sides of a binding are used: the metadata <c>direction</c> may limit them.</summary>
internal sealed record BindingDirection(bool Input, bool Output, bool IsStated)
{
    public static BindingDirection From(ComponentMetadata metadata)
    {
        if (!metadata.TryGet("direction", out var text))
            return new BindingDirection(true, true, false);
        var sides = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sides.Length == 0 || sides.Any(side => side is not ("input" or "output")))
            throw metadata.Invalid("direction", text, "input, output or both");
        return new BindingDirection(sides.Contains("input"), sides.Contains("output"), true);
    }
}
