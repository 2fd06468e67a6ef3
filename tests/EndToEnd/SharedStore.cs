using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// Each test may load both cores by itself.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Argosy.EndToEnd;

/// <summary>One running store for all tests that leave it as usable as they found it.</summary>
public sealed class SharedStore : IAsyncLifetime
{
    public Store Store { get; } = new();

    public async ValueTask InitializeAsync() => await Store.StartAsync();

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class OneStoreForAll : ICollectionFixture<SharedStore>
{
    public const string Name = "shared store";
}
