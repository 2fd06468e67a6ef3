using Argosy.Payment.Tests.Support;

[assembly: AssemblyFixture(typeof(StandInTill))]
[assembly: AssemblyFixture(typeof(SimulatorTill))]
