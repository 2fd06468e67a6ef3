using Argosy.PaymentSimulator.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

internal sealed class RefundConfiguration : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> builder)
    {
        builder.ToTable("refunds");
        builder.HasKey(refund => refund.Id);
        builder.Property(refund => refund.Id).HasColumnName("id").HasMaxLength(StripeIds.MaximumLength).ValueGeneratedNever();
        builder.Property(refund => refund.PaymentIntentId).HasColumnName("payment_intent_id").HasMaxLength(StripeIds.MaximumLength);
        builder.Property(refund => refund.ChargeId).HasColumnName("charge_id").HasMaxLength(StripeIds.MaximumLength);
        builder.Property(refund => refund.Amount).HasColumnName("amount");
        builder.Property(refund => refund.Currency).HasColumnName("currency").HasMaxLength(3);
        builder.Property(refund => refund.Reason).HasColumnName("reason").HasMaxLength(32);
        builder.Property(refund => refund.Metadata).HasColumnName("metadata").Json(SimulatorJson.Default.IReadOnlyDictionaryStringString);
        builder.Property(refund => refund.CreatedAt).HasColumnName("created_at").Time();
        builder.HasIndex(refund => refund.PaymentIntentId).HasDatabaseName("ix_refunds_payment_intent");
    }
}
