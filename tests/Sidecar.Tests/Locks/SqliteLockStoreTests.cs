using Argosy.Sidecar.Locks;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Locks;

public sealed class SqliteLockStoreTests : LockStoreCompliance
{
    private readonly TempFolder _folder = new();

    private protected override async Task<ILockStore> OpenAsync()
    {
        var store = new SqliteLockStore(_folder.File("locks.db"), Time);
        await store.InitialiseAsync(TestContext.Current.CancellationToken);
        return store;
    }

    protected override void Release() => _folder.Dispose();
}
