using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Argosy.ServiceDefaults.Persistence;

/// <summary>Lets <c>dotnet ef migrations add</c> make a SQLite context without a running sidecar.</summary>
public abstract class SqliteDesignTimeFactory<TContext> : IDesignTimeDbContextFactory<TContext> where TContext : ArgosyDbContext
{
    /// <inheritdoc/>
    public TContext CreateDbContext(string[] args) =>
        (TContext)Activator.CreateInstance(typeof(TContext), new DbContextOptionsBuilder<TContext>().UseSqlite("Data Source=design.db").Options)!;
}

/// <summary>Lets <c>dotnet ef migrations add</c> make a PostgreSQL context without a running sidecar.</summary>
public abstract class PostgresDesignTimeFactory<TContext> : IDesignTimeDbContextFactory<TContext> where TContext : ArgosyDbContext
{
    /// <inheritdoc/>
    public TContext CreateDbContext(string[] args) =>
        (TContext)Activator.CreateInstance(typeof(TContext), new DbContextOptionsBuilder<TContext>().UseNpgsql("Host=design").Options)!;
}
