using Argosy.Catalog.Tests.Support;

namespace Argosy.Catalog.Tests.Features;

public sealed class CatalogOnPostgresTests(PostgresFixture postgres) : CatalogContract, IClassFixture<PostgresFixture>
{
    private protected override Task<CatalogHost> StartAsync() => CatalogHost.StartAsync(postgres.CreateDatabase());
}
