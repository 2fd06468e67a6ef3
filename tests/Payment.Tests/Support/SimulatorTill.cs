namespace Argosy.Payment.Tests.Support;

/// <summary>One till with the real payment simulator for all tests that leave it running; each test has orders of its own.</summary>
public sealed class SimulatorTill : IAsyncLifetime
{
    internal Till Till { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Till = await Till.OpenAsync(withSimulator: true, timeoutSeconds: 8);

    public ValueTask DisposeAsync() => Till.DisposeAsync();
}
