using Argosy.Inventory.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Inventory.Infrastructure.Persistence;

internal sealed class StockItemConfiguration : IEntityTypeConfiguration<StockItem>
{
    public void Configure(EntityTypeBuilder<StockItem> builder)
    {
        // The last line of defence of "never negative, never more reserved than there is".
        builder.ToTable("stock", table =>
        {
            table.HasCheckConstraint("ck_stock_on_hand", "on_hand >= 0");
            table.HasCheckConstraint("ck_stock_reserved", "reserved >= 0 AND reserved <= on_hand");
        });
        builder.HasKey(item => item.Sku);
        builder.Property(item => item.Sku).HasColumnName("sku").HasMaxLength(StockItem.SkuLength);
        builder.Property(item => item.OnHand).HasColumnName("on_hand");
        builder.Property(item => item.Reserved).HasColumnName("reserved");
        builder.Property(item => item.Version).HasColumnName("version").IsConcurrencyToken();
        builder.Ignore(item => item.Available);
    }
}
