using Argosy.Cli.Running;

namespace Argosy.Cli.Display;

/// <summary>Shows a person what <c>argosy up</c> is doing.</summary>
internal interface IUpDisplay
{
    /// <summary>Shows the steps of <paramref name="work"/> while it goes on.</summary>
    Task PrepareAsync(Func<Action<string>, Task> work);

    /// <summary>Shows the instance while <paramref name="watch"/> runs.</summary>
    Task WatchAsync(Func<Action<InstanceState>, Task> watch);
}
