namespace Argosy.Sidecar.Resources;

/// <summary>A <c>Resiliency</c> document whose shape is right.</summary>
internal sealed record Resiliency(SourceLocation Location);
