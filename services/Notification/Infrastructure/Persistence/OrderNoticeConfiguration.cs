using Argosy.Notification.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Argosy.Notification.Infrastructure.Persistence;

internal sealed class OrderNoticeConfiguration : IEntityTypeConfiguration<OrderNotice>
{
    // Milliseconds since 1970, which every database compares alike.
    private static readonly ValueConverter<DateTimeOffset, long> Time =
        new(time => time.ToUnixTimeMilliseconds(), column => DateTimeOffset.FromUnixTimeMilliseconds(column));

    public void Configure(EntityTypeBuilder<OrderNotice> builder)
    {
        builder.ToTable("notifications");
        builder.HasKey(notice => notice.Sequence);
        builder.Property(notice => notice.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
        builder.Property(notice => notice.OrderId).HasColumnName("order_id");
        builder.Property(notice => notice.Number).HasColumnName("number").HasMaxLength(32);
        builder.Property(notice => notice.CustomerId).HasColumnName("customer_id").HasMaxLength(64);
        builder.Property(notice => notice.Step).HasColumnName("step").HasMaxLength(32)
            .HasConversion(step => OrderStepName.Of(step), column => OrderStepName.Parse(column));
        builder.Property(notice => notice.Reason).HasColumnName("reason").HasMaxLength(64);
        builder.Property(notice => notice.Carrier).HasColumnName("carrier").HasMaxLength(200);
        builder.Property(notice => notice.TrackingNumber).HasColumnName("tracking_number").HasMaxLength(200);
        builder.Property(notice => notice.ExpiresAt).HasColumnName("expires_at").HasConversion(Time);
        builder.Property(notice => notice.At).HasColumnName("at").HasConversion(Time);
        builder.Property(notice => notice.ReceivedAt).HasColumnName("received_at").HasConversion(Time);
        builder.Property(notice => notice.MailState).HasColumnName("mail_state").HasMaxLength(16)
            .HasConversion(state => MailStateName.Of(state), column => MailStateName.Parse(column));
        builder.Property(notice => notice.MailAttempts).HasColumnName("mail_attempts");
        builder.Property(notice => notice.MailDueAt).HasColumnName("mail_due_at").HasConversion(Time);
        builder.Property(notice => notice.MailSentAt).HasColumnName("mail_sent_at").HasConversion(Time);
        builder.Ignore(notice => notice.MessageId);

        builder.HasIndex(notice => new { notice.OrderId, notice.Step }).IsUnique().HasDatabaseName("ux_notifications_order_step");
        builder.HasIndex(notice => notice.CustomerId).HasDatabaseName("ix_notifications_customer");
        // Small by nature: what is still to be sent.
        builder.HasIndex(notice => notice.MailDueAt).HasDatabaseName("ix_notifications_mail_due").HasFilter("mail_due_at IS NOT NULL");
    }
}
