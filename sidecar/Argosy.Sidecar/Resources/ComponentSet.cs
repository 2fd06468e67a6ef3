namespace Argosy.Sidecar.Resources;

/// <summary>The components one app may use, initialised.</summary>
internal sealed class ComponentSet(IReadOnlyList<LoadedComponent> components)
{
    public IReadOnlyList<LoadedComponent> All { get; } = components;

    /// <summary>The component of that name and building block, or null.</summary>
    public T? Find<T>(string name) where T : class =>
        All.FirstOrDefault(component => component.Definition.Name == name && component.Instance is T)?.Instance as T;

    public IEnumerable<LoadedComponent> Of<T>() where T : class => All.Where(component => component.Instance is T);
}

/// <summary>A component in use.</summary>
internal sealed record LoadedComponent(Component Definition, ComponentMetadata Metadata, object Instance);
