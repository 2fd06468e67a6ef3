using Argosy.Notification.Features.News;
using Microsoft.Extensions.Time.Testing;

namespace Argosy.Notification.Tests.Features;

public sealed class NewsCursorTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void See_RowsInOrder_LeavesNoHoles()
    {
        var cursor = new NewsCursor(_clock, 10);
        Assert.True(cursor.See(11));
        Assert.True(cursor.See(12));
        Assert.Equal(12, cursor.Highest);
        Assert.Empty(cursor.Holes);
    }

    [Fact]
    public void See_RowThatTurnsUpLate_IsNewOnce()
    {
        var cursor = new NewsCursor(_clock, 10);
        Assert.True(cursor.See(13));
        Assert.Equal([11, 12], cursor.Holes);
        Assert.True(cursor.See(11));
        Assert.False(cursor.See(11));
        Assert.False(cursor.See(13));
        Assert.Equal([12], cursor.Holes);
    }

    [Fact]
    public void Holes_EmptyForLong_AreForgottenOneByOne()
    {
        var cursor = new NewsCursor(_clock, 0);
        cursor.See(2);
        _clock.Advance(NewsCursor.HoleLifetime / 2);
        cursor.See(4);
        _clock.Advance((NewsCursor.HoleLifetime / 2) + TimeSpan.FromSeconds(1));
        cursor.Forget();
        Assert.Equal([3], cursor.Holes);
        Assert.False(cursor.See(1));
    }

    [Fact]
    public void See_AJump_RemembersTheNearestHolesOnly()
    {
        var cursor = new NewsCursor(_clock, 0);
        cursor.See(1_000_000);
        Assert.Equal(NewsCursor.MostHoles, cursor.Holes.Count);
        Assert.Equal(999_999, cursor.Holes.Last());
        cursor.See(1_000_002);
        Assert.Equal(NewsCursor.MostHoles, cursor.Holes.Count);
        Assert.Contains(1_000_001, cursor.Holes);
    }
}
