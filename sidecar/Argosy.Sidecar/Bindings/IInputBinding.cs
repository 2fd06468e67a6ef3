using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary>A binding component that sends events to the app.</summary>
internal interface IInputBinding : IDescribedComponent
{
    IEnumerable<string> IDescribedComponent.Capabilities => ["INPUT_BINDING"];

    /// <summary>Delivers events to one replica until cancelled, then waits for those under way.</summary>
    /// <param name="deliver">True when the app has taken the event.</param>
    Task RunAsync(Func<BindingEvent, Task<bool>> deliver, CancellationToken cancellationToken);
}

/// <param name="Metadata">Becomes headers of the call.</param>
internal sealed record BindingEvent(ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata);
