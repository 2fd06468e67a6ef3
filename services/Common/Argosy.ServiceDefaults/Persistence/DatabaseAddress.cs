using Microsoft.Data.Sqlite;
using Npgsql;

namespace Argosy.ServiceDefaults.Persistence;

internal enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

/// <summary>A connection string of ours: <c>sqlite:FILE</c> or <c>postgres://user:password@host:port/database?option=value</c>.</summary>
internal sealed record DatabaseAddress(DatabaseProvider Provider, string ConnectionString)
{
    /// <exception cref="FormatException">Neither of the two; the message does not repeat the value, which may hold a password.</exception>
    public static DatabaseAddress Parse(string value)
    {
        if (value.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) && value.Length > "sqlite:".Length)
            return new(DatabaseProvider.Sqlite, Sqlite(value["sqlite:".Length..]));
        if (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "postgres" or "postgresql" && uri.AbsolutePath.Length > 1)
            return new(DatabaseProvider.Postgres, Postgres(uri));
        throw new FormatException("A database connection string must look like 'sqlite:FILE' or 'postgres://user:password@host:port/database'.");
    }

    private static string Sqlite(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file.StartsWith("//", StringComparison.Ordinal) ? file[2..] : file,
        ForeignKeys = true,
        Pooling = true,
        DefaultTimeout = 30,
    }.ToString();

    private static string Postgres(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
        };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split('=', 2);
            // Npgsql spells libpq's option as two words.
            var name = parts[0].Equals("sslmode", StringComparison.OrdinalIgnoreCase) ? "SSL Mode" : Uri.UnescapeDataString(parts[0]);
            builder[name] = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
        }
        return builder.ToString();
    }
}
