using Argosy.Cli.Running;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void IsAlive_RunningProcess_IsTrueUntilItEnds()
    {
        ProcessIdentity identity;
        using (var process = new ShellProcess("exec sleep 1000"))
        {
            identity = process.Identity;
            Assert.True(identity.IsAlive);
        }

        Assert.False(identity.IsAlive);
    }

    [Fact]
    public void IsAlive_OtherProcessOfTheSameNumber_IsFalse()
    {
        using var process = new ShellProcess("exec sleep 1000");

        Assert.False((process.Identity with { Started = "earlier" }).IsAlive);
    }
}
