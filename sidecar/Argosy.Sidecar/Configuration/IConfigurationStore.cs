namespace Argosy.Sidecar.Configuration;

/// <summary>A configuration store component.</summary>
internal interface IConfigurationStore
{
    /// <param name="keys">Empty means all.</param>
    ValueTask<IReadOnlyDictionary<string, ConfigurationItem>> GetAsync(IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken);

    /// <summary>Reports every change after the returned task has ended, until the result is disposed. A removed key is reported with an
    /// empty value.</summary>
    /// <param name="keys">Empty means all.</param>
    /// <param name="changed">Called for one report after the other.</param>
    Task<IAsyncDisposable> SubscribeAsync(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata,
        Func<IReadOnlyDictionary<string, ConfigurationItem>, Task> changed, CancellationToken cancellationToken);
}

/// <summary>A configuration value with its version.</summary>
internal sealed record ConfigurationItem(string Value, string Version, IReadOnlyDictionary<string, string> Metadata)
{
    public static ConfigurationItem Removed { get; } = new("", "", new Dictionary<string, string>());

    public bool Equals(ConfigurationItem? other) =>
        other is not null && Value == other.Value && Version == other.Version
        && Metadata.Count == other.Metadata.Count && Metadata.All(pair => other.Metadata.TryGetValue(pair.Key, out var value) && value == pair.Value);

    public override int GetHashCode() => HashCode.Combine(Value, Version);
}
