using Argosy.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
