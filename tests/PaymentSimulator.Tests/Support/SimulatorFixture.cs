[assembly: AssemblyFixture(typeof(Argosy.PaymentSimulator.Tests.Support.SimulatorFixture))]

namespace Argosy.PaymentSimulator.Tests.Support;

/// <summary>One simulator for all tests that leave it running and its settings alone; each pays for orders of its own.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    internal Simulator Simulator { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Simulator = await Simulator.OpenAsync();

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();
}
