using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary>A binding component the app can invoke.</summary>
internal interface IOutputBinding : IDescribedComponent
{
    IEnumerable<string> IDescribedComponent.Capabilities => ["OUTPUT_BINDING"];

    /// <summary>The operations it has, in daprd's order.</summary>
    IReadOnlyList<string> Operations { get; }

    /// <returns>Null when there is nothing to answer.</returns>
    /// <exception cref="BindingFailedException">The operation failed, and the app gets metadata all the same.</exception>
    Task<BindingResponse?> InvokeAsync(BindingRequest request, CancellationToken cancellationToken);
}

/// <param name="Operation">One of the binding's <see cref="IOutputBinding.Operations"/>.</param>
internal sealed record BindingRequest(string Operation, ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata);

internal sealed record BindingResponse(ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata)
{
    public static IReadOnlyDictionary<string, string> NoMetadata { get; } = new Dictionary<string, string>();
}

/// <summary>A failed operation that still has response metadata, such as the status of an HTTP answer.</summary>
internal sealed class BindingFailedException(string message, IReadOnlyDictionary<string, string> metadata) : Exception(message)
{
    public IReadOnlyDictionary<string, string> Metadata { get; } = metadata;
}
