namespace Argosy.PaymentSimulator.Domain;

/// <summary>A call that may be repeated, and what it was answered.</summary>
internal sealed class IdempotentCall
{
    public const int MaximumKeyLength = 255;

    public required string Key { get; init; }

    /// <summary>The path it was for.</summary>
    public required string Path { get; init; }

    /// <summary>Hash of its parameters.</summary>
    public required string Fingerprint { get; init; }

    public required int Status { get; init; }

    public required string Body { get; init; }

    /// <summary>The id of the first request.</summary>
    public required string RequestId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
