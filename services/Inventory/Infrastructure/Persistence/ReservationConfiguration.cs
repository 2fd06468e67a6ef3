using System.Runtime.CompilerServices;
using Argosy.Contracts.Inventory;
using Argosy.Inventory.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Inventory.Infrastructure.Persistence;

internal sealed class ReservationConfiguration : IEntityTypeConfiguration<Reservation>
{
    public void Configure(EntityTypeBuilder<Reservation> builder)
    {
        builder.ToTable("reservations");
        builder.HasKey(reservation => reservation.OrderId);
        builder.Property(reservation => reservation.OrderId).HasColumnName("order_id");
        builder.Property(reservation => reservation.State).HasColumnName("state").HasMaxLength(16)
            .HasConversion(state => ReservationColumns.State(state), column => ReservationColumns.State(column));
        builder.Property(reservation => reservation.Lines).HasColumnName("lines")
            .HasConversion(lines => ReservationColumns.Lines(lines), column => ReservationColumns.Lines(column), Unchanging<ReservationLine>());
        builder.Property(reservation => reservation.Shortages).HasColumnName("shortages")
            .HasConversion(shortages => ReservationColumns.Shortages(shortages), column => ReservationColumns.Shortages(column), Unchanging<StockShortage>());
        builder.Property(reservation => reservation.LeaseExpiresAt).HasColumnName("lease_expires_at")
            .HasConversion(time => time!.Value.ToUnixTimeMilliseconds(), column => DateTimeOffset.FromUnixTimeMilliseconds(column));
        builder.HasIndex(reservation => reservation.LeaseExpiresAt).HasDatabaseName("ix_reservations_lease").HasFilter("lease_expires_at IS NOT NULL");
    }

    // The lists are never changed, only replaced.
    private static ValueComparer<IReadOnlyList<T>> Unchanging<T>() =>
        new((left, right) => ReferenceEquals(left, right), list => RuntimeHelpers.GetHashCode(list), list => list);
}
