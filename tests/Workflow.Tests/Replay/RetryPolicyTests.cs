using Dapr.Workflow;
using Xunit;

namespace Argosy.Workflow.Tests.Replay;

/// <summary>The limits of retry policies.</summary>
public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(0, 1, 1, null, null)]
    [InlineData(1, 0, 1, null, null)]
    [InlineData(1, 1, 0.5, null, null)]
    [InlineData(1, 10, 1, 5, null)]
    [InlineData(1, 10, 1, null, 5)]
    public void Policy_ValueOutOfRange_IsRefused(int attempts, int firstSeconds, double backoff, int? maxSeconds, int? timeoutSeconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkflowRetryPolicy(attempts, TimeSpan.FromSeconds(firstSeconds), backoff, Seconds(maxSeconds), Seconds(timeoutSeconds)));

    [Fact]
    public void Policy_Defaults_AreThoseOfTheOfficialPackage()
    {
        var policy = new WorkflowRetryPolicy(2, TimeSpan.FromSeconds(3));

        Assert.Equal((2, TimeSpan.FromSeconds(3), 1.0, (TimeSpan?)null, Timeout.InfiniteTimeSpan),
            (policy.MaxNumberOfAttempts, policy.FirstRetryInterval, policy.BackoffCoefficient, policy.MaxRetryInterval, policy.RetryTimeout));
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
