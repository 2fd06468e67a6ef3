using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>The one row that says which replica publishes now: order needs a single publisher.</summary>
internal sealed class OutboxLease
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public required string Owner { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public required long ExpiresAt { get; init; }
}

internal sealed class OutboxLeaseConfiguration : IEntityTypeConfiguration<OutboxLease>
{
    public void Configure(EntityTypeBuilder<OutboxLease> builder)
    {
        builder.ToTable("outbox_lease");
        builder.Property(lease => lease.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(lease => lease.Owner).HasColumnName("owner").HasMaxLength(100);
        builder.Property(lease => lease.ExpiresAt).HasColumnName("expires_at");
        builder.HasData(new OutboxLease { Owner = "", ExpiresAt = 0 });
    }
}
