namespace Argosy.Sidecar.State;

/// <summary>A write as an app asks for it, before its key is completed and its options are checked.</summary>
/// <param name="Concurrency"><c>first-write</c>, <c>last-write</c> or empty.</param>
/// <param name="Consistency"><c>strong</c>, <c>eventual</c> or empty.</param>
internal abstract record StateRequest(string Key, string? ETag, string Concurrency, string Consistency, IReadOnlyDictionary<string, string> Metadata);

/// <param name="IsJson">The value is JSON that the sidecar has read, not bytes it passes on.</param>
internal sealed record SaveRequest(
    string Key, ReadOnlyMemory<byte> Value, bool IsJson, string? ETag, string Concurrency, string Consistency, IReadOnlyDictionary<string, string> Metadata)
    : StateRequest(Key, ETag, Concurrency, Consistency, Metadata);

internal sealed record DeleteRequest(string Key, string? ETag, string Concurrency, string Consistency, IReadOnlyDictionary<string, string> Metadata)
    : StateRequest(Key, ETag, Concurrency, Consistency, Metadata);
