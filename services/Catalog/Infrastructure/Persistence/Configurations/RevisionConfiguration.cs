using Argosy.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Catalog.Infrastructure.Persistence.Configurations;

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.ToTable("revisions");
        builder.HasKey(r => r.Name);
        builder.Property(r => r.Name).HasColumnName("name").HasMaxLength(20);
        builder.Property(r => r.Value).HasColumnName("value");
        // An empty content revision also says that the demo products were never imported.
        builder.HasData(new Revision { Name = Revision.Content }, new Revision { Name = Revision.Stock });
    }
}
