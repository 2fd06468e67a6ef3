using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.ServiceDefaults.Tests.Hosting;

/// <summary>A service's database as small as one can be.</summary>
internal abstract class NotesContext(DbContextOptions options) : ArgosyDbContext(options)
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

internal sealed class SqliteNotesContext(DbContextOptions<SqliteNotesContext> options) : NotesContext(options);

internal sealed class PostgresNotesContext(DbContextOptions<PostgresNotesContext> options) : NotesContext(options);

internal sealed class SqliteNotesContextFactory : SqliteDesignTimeFactory<SqliteNotesContext>;

internal sealed class PostgresNotesContextFactory : PostgresDesignTimeFactory<PostgresNotesContext>;
