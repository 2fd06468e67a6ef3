namespace Argosy.Sidecar.Resources;

/// <summary>A component type the sidecar offers: its YAML name, the metadata it knows, and how an instance is made.</summary>
/// <param name="Type">As in <c>spec.type</c>, for example <c>state.sqlite</c>.</param>
/// <param name="Fields">Every metadata name the type understands, besides those common to its building block.</param>
/// <param name="Create">Makes the instance; parsing errors throw <see cref="ResourceException"/>. No I/O here: that belongs to
/// <see cref="IInitialisedComponent.InitialiseAsync"/>.</param>
internal sealed record ComponentType(string Type, IReadOnlyList<MetadataField> Fields, Func<ComponentContext, object> Create)
{
    /// <summary>True for a type whose metadata names are free, besides <see cref="Fields"/>.</summary>
    public bool AllowsOtherMetadata { get; init; }
}

/// <summary>A metadata name of a component type.</summary>
internal sealed record MetadataField(string Name, MetadataKind Kind = MetadataKind.Text, bool Required = false)
{
    /// <summary>The values allowed, in any case; null allows every value of the kind.</summary>
    public IReadOnlyList<string>? OneOf { get; init; }
}

internal enum MetadataKind
{
    Text,
    Flag,
    Integer,
    Duration,
}

/// <summary>What a component is made from.</summary>
/// <param name="Metadata">Its own metadata, secrets resolved and templates expanded.</param>
/// <param name="AppId">The app the instance belongs to: each app has its own, as each daprd has.</param>
internal sealed record ComponentContext(ComponentMetadata Metadata, string AppId, string Namespace, IServiceProvider Services);

/// <summary>A component that must reach something before it can work.</summary>
internal interface IInitialisedComponent
{
    Task InitialiseAsync(CancellationToken cancellationToken);
}
