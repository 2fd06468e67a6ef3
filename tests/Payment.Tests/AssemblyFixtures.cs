using Argosy.Payment.Tests.Support;

[assembly: AssemblyFixture(typeof(StandInTill))]
