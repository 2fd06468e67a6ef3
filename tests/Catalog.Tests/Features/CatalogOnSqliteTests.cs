using Argosy.Catalog.Tests.Support;

namespace Argosy.Catalog.Tests.Features;

public sealed class CatalogOnSqliteTests : CatalogContract
{
    private protected override Task<CatalogHost> StartAsync() => CatalogHost.StartAsync();
}
