namespace Argosy.Payment.Tests.Support;

/// <summary>One till with the stand-in gateway for all tests that leave it running; each test has orders of its own.</summary>
public sealed class StandInTill : IAsyncLifetime
{
    internal Till Till { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Till = await Till.OpenAsync(timeoutSeconds: 8);

    public ValueTask DisposeAsync() => Till.DisposeAsync();
}
