using Argosy.Payment.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Payment.Infrastructure.Persistence;

internal sealed class OrderPaymentConfiguration : IEntityTypeConfiguration<OrderPayment>
{
    public void Configure(EntityTypeBuilder<OrderPayment> builder)
    {
        builder.ToTable("payments", table => table.HasCheckConstraint("ck_payments_amount", "amount >= 0"));
        builder.HasKey(payment => payment.OrderId);
        builder.Property(payment => payment.OrderId).HasColumnName("order_id").ValueGeneratedNever();
        builder.Property(payment => payment.State).HasColumnName("state").HasMaxLength(16)
            .HasConversion(state => PaymentStateName.Of(state), column => PaymentStateName.Parse(column));
        builder.Property(payment => payment.OrderNumber).HasColumnName("order_number").HasMaxLength(PaymentTerms.OrderNumberLength);
        builder.Property(payment => payment.PaymentMethod).HasColumnName("payment_method").HasMaxLength(PaymentTerms.PaymentMethodLength);
        builder.Property(payment => payment.ReturnUrl).HasColumnName("return_url").HasMaxLength(PaymentTerms.ReturnUrlLength);
        builder.Property(payment => payment.Amount).HasColumnName("amount");
        builder.Property(payment => payment.Currency).HasColumnName("currency").HasMaxLength(PaymentTerms.CurrencyLength);
        builder.Property(payment => payment.IntentId).HasColumnName("intent_id").HasMaxLength(PaymentColumns.IntentIdLength);
        builder.Property(payment => payment.ActionUrl).HasColumnName("action_url");
        builder.Property(payment => payment.DeclineCode).HasColumnName("decline_code").HasMaxLength(PaymentColumns.FailureCodeLength);
        builder.Property(payment => payment.Version).HasColumnName("version").IsConcurrencyToken();
        builder.Property(payment => payment.CreatedAt).HasColumnName("created_at").HasConversion(PaymentColumns.Time);
        builder.Property(payment => payment.UpdatedAt).HasColumnName("updated_at").HasConversion(PaymentColumns.Time);
        builder.Property(payment => payment.UndoDueAt).HasColumnName("undo_due_at").HasConversion(PaymentColumns.Time);
        builder.Property(payment => payment.UndoAttempts).HasColumnName("undo_attempts");
        builder.Ignore(payment => payment.Money);
        builder.Ignore(payment => payment.Terms);
        // Small by nature: what the gateway still has to be told.
        builder.HasIndex(payment => payment.UndoDueAt).HasDatabaseName("ix_payments_to_undo").HasFilter("undo_due_at IS NOT NULL");
    }
}
