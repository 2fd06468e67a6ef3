using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Sqlite;

/// <summary>The metadata that every SQLite component shares: where its file is.</summary>
internal static class SqliteLocation
{
    /// <summary>daprd's names; the time-outs are checked but without effect, since one writer with its own patience serves all
    /// components on a file.</summary>
    public static IReadOnlyList<MetadataField> Fields { get; } =
    [
        new("connectionString", Required: true),
        new("timeout", MetadataKind.Duration),
        new("busyTimeout", MetadataKind.Duration),
        new("disableWAL", MetadataKind.Flag),
    ];

    /// <summary>The file of <c>connectionString</c>, with or without the prefix <c>file:</c>.</summary>
    public static string Path(ComponentMetadata metadata)
    {
        var text = metadata.Required("connectionString");
        var path = text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? text["file:".Length..] : text;
        if (path.StartsWith(":memory:", StringComparison.OrdinalIgnoreCase))
            throw metadata.Invalid("connectionString", text, "the path of a file (an in-memory component needs none)");
        if (path.Length == 0 || path.Contains('?'))
            throw metadata.Invalid("connectionString", text, "the path of a file without options");
        if (metadata.Flag("disableWAL"))
            throw metadata.Invalid("disableWAL", "true", "false: the development sidecar always keeps a write-ahead log");
        metadata.Duration("timeout", TimeSpan.Zero, TimeSpan.FromSeconds(1));
        metadata.Duration("busyTimeout", TimeSpan.Zero, TimeSpan.FromSeconds(1));
        return path;
    }

    /// <summary>A table name from the metadata, safe to stand in SQL text.</summary>
    public static string TableName(ComponentMetadata metadata, string name, string fallback)
    {
        var table = metadata.Text(name, fallback);
        return table.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? table
            : throw metadata.Invalid(name, table, "letters, digits and underscores");
    }
}
