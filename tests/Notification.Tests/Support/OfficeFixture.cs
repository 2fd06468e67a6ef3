using Argosy.Notification.Tests.Support;

[assembly: AssemblyFixture(typeof(OfficeFixture))]

namespace Argosy.Notification.Tests.Support;

/// <summary>One office for all tests that leave it running; each test has customers and orders of its own.</summary>
public sealed class OfficeFixture : IAsyncLifetime
{
    internal Office Office { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Office = await Office.OpenAsync();

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}
