using Argosy.PaymentSimulator.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

internal sealed class IdempotentCallConfiguration : IEntityTypeConfiguration<IdempotentCall>
{
    public void Configure(EntityTypeBuilder<IdempotentCall> builder)
    {
        builder.ToTable("idempotent_calls");
        builder.HasKey(call => call.Key);
        builder.Property(call => call.Key).HasColumnName("idempotency_key").HasMaxLength(IdempotentCall.MaximumKeyLength);
        builder.Property(call => call.Path).HasColumnName("path").HasMaxLength(200);
        builder.Property(call => call.Fingerprint).HasColumnName("fingerprint").HasMaxLength(64);
        builder.Property(call => call.Status).HasColumnName("status");
        builder.Property(call => call.Body).HasColumnName("body");
        builder.Property(call => call.RequestId).HasColumnName("request_id").HasMaxLength(StripeIds.MaximumLength);
        builder.Property(call => call.CreatedAt).HasColumnName("created_at").Time();
        builder.HasIndex(call => call.CreatedAt).HasDatabaseName("ix_idempotent_calls_created");
    }
}
