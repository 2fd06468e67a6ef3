namespace Argosy.Ordering.Tests.Support;

/// <summary>One shop for a class of tests that leave it running; each test has customers and SKUs of its own.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    internal Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
