namespace Argosy.Sidecar.Resources;

/// <summary>A place in a resource file, so that every message about it can name file and line (1-based).</summary>
internal sealed record SourceLocation(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
