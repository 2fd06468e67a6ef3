using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.State;

/// <summary>Metadata of <c>state.sqlite</c>.</summary>
/// <param name="CleanupInterval">Between sweeps of expired values; not positive turns them off.</param>
internal sealed record SqliteStateStoreOptions(string Path, string Table, string MetadataTable, TimeSpan CleanupInterval)
{
    public static IReadOnlyList<MetadataField> Fields { get; } =
        [.. SqliteLocation.Fields, new("tableName"), new("metadataTableName"), new("cleanupInterval", MetadataKind.Duration)];

    public static SqliteStateStoreOptions From(ComponentMetadata metadata) => new(
        SqliteLocation.Path(metadata),
        SqliteLocation.TableName(metadata, "tableName", "state"),
        SqliteLocation.TableName(metadata, "metadataTableName", "metadata"),
        metadata.Duration("cleanupInterval", TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)));
}
