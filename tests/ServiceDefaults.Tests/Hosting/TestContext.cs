using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.ServiceDefaults.Tests.Hosting;

/// <summary>A service's database as small as one can be.</summary>
internal abstract class TestContext(DbContextOptions options) : ArgosyDbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Note>(note =>
        {
            note.ToTable("notes");
            note.Property(row => row.Id).HasColumnName("id").ValueGeneratedOnAdd();
            note.Property(row => row.Text).HasColumnName("text").HasMaxLength(200);
        });
    }
}

internal sealed class Note
{
    public long Id { get; init; }

    public required string Text { get; set; }
}

internal sealed class SqliteTestContext(DbContextOptions<SqliteTestContext> options) : TestContext(options);

internal sealed class PostgresTestContext(DbContextOptions<PostgresTestContext> options) : TestContext(options);

internal sealed class SqliteTestContextFactory : SqliteDesignTimeFactory<SqliteTestContext>;

internal sealed class PostgresTestContextFactory : PostgresDesignTimeFactory<PostgresTestContext>;
