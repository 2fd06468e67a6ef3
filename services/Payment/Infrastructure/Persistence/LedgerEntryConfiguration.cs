using Argosy.Payment.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Payment.Infrastructure.Persistence;

internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("ledger_entries");
        // The last line of defence of "each step is posted once".
        builder.HasKey(entry => new { entry.OrderId, entry.Step, entry.Account });
        builder.Property(entry => entry.OrderId).HasColumnName("order_id");
        builder.Property(entry => entry.Step).HasColumnName("step").HasMaxLength(16);
        builder.Property(entry => entry.Account).HasColumnName("account").HasMaxLength(LedgerAccount.NameLength);
        builder.Property(entry => entry.Amount).HasColumnName("amount");
        builder.Property(entry => entry.Currency).HasColumnName("currency").HasMaxLength(PaymentTerms.CurrencyLength);
        builder.Property(entry => entry.At).HasColumnName("at").HasConversion(PaymentColumns.Time);
        builder.HasOne<OrderPayment>().WithMany().HasForeignKey(entry => entry.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}
