namespace Argosy.Ordering.Domain;

/// <summary>How an order travels, as the operator put it.</summary>
/// <param name="Carrier">Who carries it; null when that was left out.</param>
/// <param name="TrackingNumber">The carrier's number; null when there is none.</param>
internal sealed record Shipment(string? Carrier, string? TrackingNumber)
{
    public const int CarrierLength = 60;

    public const int TrackingNumberLength = 100;
}
