namespace Argosy.Sidecar.Resources;

/// <summary>A resource file says something the sidecar cannot use. The message starts with file and line.</summary>
internal sealed class ResourceException(SourceLocation location, string reason) : Exception($"{location}: {reason}")
{
    public SourceLocation Location { get; } = location;

    public string Reason { get; } = reason;
}
