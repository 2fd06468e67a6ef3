namespace Argosy.Catalog.Tests.Support;

/// <summary>A catalog with the demo products, shared by tests that only read.</summary>
public sealed class SeededCatalog : IAsyncLifetime
{
    internal CatalogHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await CatalogHost.StartAsync(seed: true);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
