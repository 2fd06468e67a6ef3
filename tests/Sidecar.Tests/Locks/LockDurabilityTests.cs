using Argosy.Testing;
using Dapr.Client;
using Xunit;

#pragma warning disable DAPR_DISTRIBUTEDLOCK // The SDK marks the lock API as experimental.

namespace Argosy.Sidecar.Tests.Locks;

public sealed class LockDurabilityTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_HeldLock_IsStillHeldAndStillExpires()
    {
        using var folder = new TempFolder();
        folder.Write("resources/locks.yaml", ComponentYaml.Of("lockstore", "lock.sqlite", "connectionString: locks.db"));
        await using var sidecar = new SidecarProcess(folder.Path, "app");
        await sidecar.StartAsync();
        using var dapr = new DaprClientBuilder().UseGrpcEndpoint(sidecar.GrpcEndpoint).Build();
        Assert.True((await dapr.Lock("lockstore", "long", "me", 600, Cancelled)).Success);
        Assert.True((await dapr.Lock("lockstore", "short", "me", 1, Cancelled)).Success);

        sidecar.Kill();
        await sidecar.StartAsync();

        Assert.False((await dapr.Lock("lockstore", "long", "you", 60, Cancelled)).Success);
        Assert.Equal(LockStatus.Success, (await dapr.Unlock("lockstore", "long", "me", Cancelled)).status);
        await Eventually.HoldsAsync("the lock expires", async () => (await dapr.Lock("lockstore", "short", "you", 60, Cancelled)).Success);
    }
}
