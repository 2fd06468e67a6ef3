using Argosy.PaymentSimulator.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

internal sealed class PaymentIntentConfiguration : IEntityTypeConfiguration<PaymentIntent>
{
    public void Configure(EntityTypeBuilder<PaymentIntent> builder)
    {
        builder.ToTable("payment_intents");
        builder.HasKey(intent => intent.Id);
        builder.Property(intent => intent.Id).HasColumnName("id").HasMaxLength(StripeIds.MaximumLength).ValueGeneratedNever();
        builder.Property(intent => intent.ClientSecret).HasColumnName("client_secret").HasMaxLength(128);
        builder.Property(intent => intent.Status).HasColumnName("status").Name();
        builder.Property(intent => intent.Amount).HasColumnName("amount");
        builder.Property(intent => intent.Currency).HasColumnName("currency").HasMaxLength(3);
        builder.Property(intent => intent.CaptureMethod).HasColumnName("capture_method").HasMaxLength(16);
        builder.Property(intent => intent.AllowRedirects).HasColumnName("allow_redirects").HasMaxLength(8);
        builder.Property(intent => intent.Description).HasColumnName("description").HasMaxLength(1000);
        builder.Property(intent => intent.StatementDescriptorSuffix).HasColumnName("statement_descriptor_suffix").HasMaxLength(22);
        builder.Property(intent => intent.Metadata).HasColumnName("metadata").Json(SimulatorJson.Default.IReadOnlyDictionaryStringString);
        builder.Property(intent => intent.CreatedAt).HasColumnName("created_at").Time();
        builder.Property(intent => intent.AmountCapturable).HasColumnName("amount_capturable");
        builder.Property(intent => intent.AmountReceived).HasColumnName("amount_received");
        builder.Property(intent => intent.PaymentMethodId).HasColumnName("payment_method_id").HasMaxLength(StripeIds.MaximumLength);
        builder.Property(intent => intent.PaymentMethodName).HasColumnName("payment_method_name").HasMaxLength(100);
        builder.Property(intent => intent.Webhooks).HasColumnName("webhooks").Name();
        builder.Property(intent => intent.ReturnUrl).HasColumnName("return_url").HasMaxLength(5000);
        builder.Property(intent => intent.Challenge).HasColumnName("challenge").Name();
        builder.Property(intent => intent.LastFailure).HasColumnName("last_failure").Json(SimulatorJson.Default.PaymentFailure);
        builder.Property(intent => intent.LatestChargeId).HasColumnName("latest_charge_id").HasMaxLength(StripeIds.MaximumLength);
        builder.Property(intent => intent.CancellationReason).HasColumnName("cancellation_reason").HasMaxLength(32);
        builder.Property(intent => intent.CanceledAt).HasColumnName("canceled_at").Time();
        builder.Property(intent => intent.Version).HasColumnName("version").IsConcurrencyToken();
        builder.HasOne(intent => intent.LatestCharge).WithOne().HasForeignKey<PaymentIntent>(intent => intent.LatestChargeId);
        builder.HasIndex(intent => intent.LatestChargeId).IsUnique().HasDatabaseName("ux_payment_intents_latest_charge");
        builder.HasIndex(intent => intent.CreatedAt).HasDatabaseName("ix_payment_intents_created");
    }
}
