using Argosy.Sidecar.State;

namespace Argosy.Sidecar.Tests.State;

public sealed class InMemoryStateStoreTests : StateStoreCompliance
{
    private protected override Task<IStateStore> OpenAsync() => Task.FromResult<IStateStore>(new InMemoryStateStore(Time));
}
