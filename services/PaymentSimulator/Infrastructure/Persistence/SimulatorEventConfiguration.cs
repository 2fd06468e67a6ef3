using Argosy.PaymentSimulator.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

internal sealed class SimulatorEventConfiguration : IEntityTypeConfiguration<SimulatorEvent>
{
    public void Configure(EntityTypeBuilder<SimulatorEvent> builder)
    {
        builder.ToTable("events");
        builder.HasKey(item => item.Sequence);
        builder.Property(item => item.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
        builder.Property(item => item.Id).HasColumnName("id").HasMaxLength(StripeIds.MaximumLength).IsRequired();
        builder.Property(item => item.PaymentIntentId).HasColumnName("payment_intent_id").HasMaxLength(StripeIds.MaximumLength);
        builder.Property(item => item.Type).HasColumnName("type").HasMaxLength(100);
        builder.Property(item => item.Body).HasColumnName("body");
        builder.Property(item => item.CreatedAt).HasColumnName("created_at").Time();
        builder.Property(item => item.DueAt).HasColumnName("due_at").Time();
        builder.Property(item => item.Attempts).HasColumnName("attempts");
        builder.Property(item => item.Copies).HasColumnName("copies");
        builder.Property(item => item.DeliveredAt).HasColumnName("delivered_at").Time();
        builder.HasIndex(item => item.Id).IsUnique().HasDatabaseName("ux_events_id");
        // Small by nature: what is still to be delivered.
        builder.HasIndex(item => item.DueAt).HasFilter("due_at IS NOT NULL").HasDatabaseName("ix_events_due");
        builder.HasIndex(item => new { item.PaymentIntentId, item.Sequence }).HasFilter("due_at IS NOT NULL").HasDatabaseName("ix_events_queue");
    }
}
