namespace Argosy.Sidecar.Resources;

/// <summary>The components one app may use, initialised.</summary>
internal sealed class ComponentSet(IReadOnlyList<LoadedComponent> components) : IAsyncDisposable
{
    private readonly List<LoadedComponent> _components = [.. components];

    public IReadOnlyList<LoadedComponent> All => _components;

    /// <summary>The component of that name and building block, or null.</summary>
    public T? Find<T>(string name) where T : class =>
        All.FirstOrDefault(component => component.Definition.Name == name && component.Instance is T)?.Instance as T;

    public IEnumerable<LoadedComponent> Of<T>() where T : class => All.Where(component => component.Instance is T);

    /// <summary>While the app starts: components join one by one, because later ones may take secrets from earlier ones.</summary>
    internal void Add(LoadedComponent component) => _components.Add(component);

    /// <summary>Closes the components, last made first.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var index = _components.Count - 1; index >= 0; index--)
        {
            switch (_components[index].Instance)
            {
                case IAsyncDisposable instance:
                    await instance.DisposeAsync();
                    break;
                case IDisposable instance:
                    instance.Dispose();
                    break;
            }
        }
        _components.Clear();
    }
}

/// <summary>A component in use.</summary>
internal sealed record LoadedComponent(Component Definition, ComponentMetadata Metadata, object Instance);
