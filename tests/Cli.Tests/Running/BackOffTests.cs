using Argosy.Cli.Running;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class BackOffTests
{
    [Fact]
    public void Next_EndingAtOnceAgainAndAgain_DoublesUpToTheLongest()
    {
        var backOff = new BackOff();

        var waits = Enumerable.Range(0, 12).Select(_ => backOff.Next(TimeSpan.Zero)).ToList();

        Assert.Equal(BackOff.First, waits[0]);
        Assert.All(waits.Zip(waits.Skip(1)), pair => Assert.True(pair.Second == pair.First * 2 || pair.Second == BackOff.Longest));
        Assert.Equal(BackOff.Longest, waits[^1]);
    }

    [Fact]
    public void Next_AfterASteadyRun_StartsFromTheFirstAgain()
    {
        var backOff = new BackOff();
        for (var i = 0; i < 5; i++)
            backOff.Next(TimeSpan.Zero);

        Assert.Equal(BackOff.First, backOff.Next(BackOff.Steady));
    }
}
