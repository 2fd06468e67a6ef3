using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Argosy.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Argosy.Ordering.Infrastructure.Persistence;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    // Milliseconds since 1970, which every database compares alike.
    private static readonly ValueConverter<DateTimeOffset, long> Time =
        new(time => time.ToUnixTimeMilliseconds(), column => DateTimeOffset.FromUnixTimeMilliseconds(column));

    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("orders");
        builder.HasKey(order => order.Id);
        builder.Property(order => order.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(order => order.Number).HasColumnName("number").HasMaxLength(OrderNumber.Length);
        builder.Property(order => order.CustomerId).HasColumnName("customer_id").HasMaxLength(64);
        builder.Property(order => order.Status).HasColumnName("status").HasMaxLength(32)
            .HasConversion(status => OrderStatusName.Of(status), column => OrderStatusName.Parse(column));
        builder.Property(order => order.Version).HasColumnName("version").IsConcurrencyToken();
        Json(builder.Property(order => order.Lines), "lines", OrderingJson.Default.IReadOnlyListOrderLine);
        Json(builder.Property(order => order.History), "history", OrderingJson.Default.IReadOnlyListStatusChange);
        builder.ComplexProperty(order => order.Totals, totals =>
        {
            totals.Property(value => value.Currency).HasColumnName("currency").HasMaxLength(3);
            totals.Property(value => value.Subtotal).HasColumnName("subtotal");
            totals.Property(value => value.Discount).HasColumnName("discount");
            totals.Property(value => value.Shipping).HasColumnName("shipping");
            totals.Property(value => value.Tax).HasColumnName("tax");
            totals.Property(value => value.Total).HasColumnName("total");
        });
        builder.ComplexProperty(order => order.Personal, personal =>
        {
            personal.Property(value => value.Email).HasColumnName("email_sealed");
            personal.Property(value => value.ShippingAddress).HasColumnName("shipping_address_sealed");
            personal.Property(value => value.PaymentMethodType).HasColumnName("payment_method_type").HasMaxLength(16);
            personal.Property(value => value.PaymentToken).HasColumnName("payment_token_sealed");
        });

        builder.Property(order => order.Origin).HasColumnName("origin").HasMaxLength(Order.OriginLength);
        builder.Property(order => order.PaymentActionUrl).HasColumnName("payment_action_url");
        builder.Property(order => order.Carrier).HasColumnName("carrier").HasMaxLength(Shipment.CarrierLength);
        builder.Property(order => order.TrackingNumber).HasColumnName("tracking_number").HasMaxLength(Shipment.TrackingNumberLength);

        builder.Property(order => order.CreatedAt).HasColumnName("created_at").HasConversion(Time);
        builder.Property(order => order.WorkflowStartedAt).HasColumnName("workflow_started_at").HasConversion(Time);
        builder.Property(order => order.StartClaimedUntil).HasColumnName("start_claimed_until").HasConversion(Time);
        builder.Property(order => order.CancelRequestedAt).HasColumnName("cancel_requested_at").HasConversion(Time);
        builder.Property(order => order.CancelSignalledAt).HasColumnName("cancel_signalled_at").HasConversion(Time);
        builder.Property(order => order.ShipRequestedAt).HasColumnName("ship_requested_at").HasConversion(Time);
        builder.Property(order => order.ShipSignalledAt).HasColumnName("ship_signalled_at").HasConversion(Time);

        builder.HasIndex(order => order.Number).IsUnique().HasDatabaseName("ux_orders_number");
        builder.HasIndex(order => new { order.CustomerId, order.CreatedAt }).HasDatabaseName("ix_orders_customer");
        // Small by nature: what the dispatcher still has to do.
        builder.HasIndex(order => order.StartClaimedUntil).HasDatabaseName("ix_orders_to_start").HasFilter("workflow_started_at IS NULL");
        builder.HasIndex(order => order.CancelRequestedAt).HasDatabaseName("ix_orders_to_cancel").HasFilter("cancel_requested_at IS NOT NULL AND cancel_signalled_at IS NULL");
        builder.HasIndex(order => order.ShipRequestedAt).HasDatabaseName("ix_orders_to_ship").HasFilter("ship_requested_at IS NOT NULL AND ship_signalled_at IS NULL");
    }

    // The lists are never changed, only replaced.
    private static void Json<T>(PropertyBuilder<IReadOnlyList<T>> property, string column, JsonTypeInfo<IReadOnlyList<T>> type) =>
        property.HasColumnName(column).HasConversion(
            list => JsonSerializer.Serialize(list, type),
            text => JsonSerializer.Deserialize(text, type)!,
            new ValueComparer<IReadOnlyList<T>>((left, right) => ReferenceEquals(left, right), list => RuntimeHelpers.GetHashCode(list), list => list));
}
