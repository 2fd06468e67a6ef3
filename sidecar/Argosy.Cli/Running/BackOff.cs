namespace Argosy.Cli.Running;

/// <summary>How long to wait before a process is started again: doubling while it keeps ending, from the start again once it has run
/// steadily. One kill is healed almost at once, a broken program does not eat the machine.</summary>
internal sealed class BackOff
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(20);

    private TimeSpan _next = First;

    /// <param name="ran">How long the process has run this time.</param>
    public TimeSpan Next(TimeSpan ran)
    {
        if (ran >= Steady)
            _next = First;
        var wait = _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }
}
