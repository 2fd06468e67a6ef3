namespace Argosy.Sidecar.Resources;

/// <summary>A component that tells the metadata API what it can do.</summary>
internal interface IDescribedComponent
{
    /// <summary>Names as daprd shows them, for example <c>ETAG</c> or <c>OUTPUT_BINDING</c>.</summary>
    IEnumerable<string> Capabilities { get; }
}
