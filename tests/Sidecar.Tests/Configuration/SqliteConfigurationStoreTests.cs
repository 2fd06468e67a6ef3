using Argosy.Sidecar.Configuration;
using Argosy.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Argosy.Sidecar.Tests.Configuration;

public sealed class SqliteConfigurationStoreTests : ConfigurationStoreCompliance
{
    private readonly TempFolder _folder = new();

    private string File => _folder.File("config.db");

    private protected override async Task<IConfigurationStore> OpenAsync()
    {
        var store = new SqliteConfigurationStore(File, TimeProvider.System, NullLogger<SqliteConfigurationStore>.Instance);
        await store.InitialiseAsync(TestContext.Current.CancellationToken);
        return store;
    }

    protected override Task PutAsync(string key, string value) => ConfigurationFile.PutAsync(File, key, value);

    protected override Task RemoveAsync(string key) => ConfigurationFile.RemoveAsync(File, key);

    protected override void Release() => _folder.Dispose();
}
