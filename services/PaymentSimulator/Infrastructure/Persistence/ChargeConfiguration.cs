using Argosy.PaymentSimulator.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

internal sealed class ChargeConfiguration : IEntityTypeConfiguration<Charge>
{
    public void Configure(EntityTypeBuilder<Charge> builder)
    {
        builder.ToTable("charges");
        builder.HasKey(charge => charge.Id);
        builder.Property(charge => charge.Id).HasColumnName("id").HasMaxLength(StripeIds.MaximumLength).ValueGeneratedNever();
        builder.Property(charge => charge.PaymentIntentId).HasColumnName("payment_intent_id").HasMaxLength(StripeIds.MaximumLength);
        builder.Property(charge => charge.OrderId).HasColumnName("order_id").HasMaxLength(500);
        builder.Property(charge => charge.Succeeded).HasColumnName("succeeded");
        builder.Property(charge => charge.Amount).HasColumnName("amount");
        builder.Property(charge => charge.Currency).HasColumnName("currency").HasMaxLength(3);
        builder.Property(charge => charge.AmountCaptured).HasColumnName("amount_captured");
        builder.Property(charge => charge.AmountRefunded).HasColumnName("amount_refunded");
        builder.Property(charge => charge.Captured).HasColumnName("captured");
        builder.Property(charge => charge.FailureCode).HasColumnName("failure_code").HasMaxLength(64);
        builder.Property(charge => charge.DeclineCode).HasColumnName("decline_code").HasMaxLength(64);
        builder.Property(charge => charge.FailureMessage).HasColumnName("failure_message").HasMaxLength(500);
        builder.Property(charge => charge.PaymentMethodId).HasColumnName("payment_method_id").HasMaxLength(StripeIds.MaximumLength);
        builder.Property(charge => charge.PaymentMethodName).HasColumnName("payment_method_name").HasMaxLength(100);
        builder.Property(charge => charge.Authenticated).HasColumnName("authenticated");
        builder.Property(charge => charge.Description).HasColumnName("description").HasMaxLength(1000);
        builder.Property(charge => charge.Metadata).HasColumnName("metadata").Json(SimulatorJson.Default.IReadOnlyDictionaryStringString);
        builder.Property(charge => charge.StatementDescriptorSuffix).HasColumnName("statement_descriptor_suffix").HasMaxLength(22);
        builder.Property(charge => charge.CreatedAt).HasColumnName("created_at").Time();
        builder.Ignore(charge => charge.Refundable);
        // The last line of defence of "never more captured than held, never more given back than taken".
        builder.ToTable(table => table.HasCheckConstraint("ck_charges_amounts", "amount_captured <= amount AND amount_refunded <= amount"));
    }
}
