namespace Argosy.PaymentSimulator.Domain;

/// <summary>The one row with the operator's settings.</summary>
internal sealed class StoredSettings
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public required SimulatorSettings Value { get; set; }
}
