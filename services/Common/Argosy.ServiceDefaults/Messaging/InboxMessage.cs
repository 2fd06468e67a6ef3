using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>Notes that a subscriber has handled an event, so that its redelivery changes nothing.</summary>
internal sealed class InboxMessage
{
    /// <summary>The CloudEvents id.</summary>
    public required string MessageId { get; init; }

    /// <summary>Which handler of this service.</summary>
    public required string Subscriber { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public required long ReceivedAt { get; init; }
}

internal sealed class InboxMessageConfiguration : IEntityTypeConfiguration<InboxMessage>
{
    public const int MaximumIdLength = 200;

    public void Configure(EntityTypeBuilder<InboxMessage> builder)
    {
        builder.ToTable("inbox");
        builder.HasKey(message => new { message.MessageId, message.Subscriber });
        builder.Property(message => message.MessageId).HasColumnName("message_id").HasMaxLength(MaximumIdLength);
        builder.Property(message => message.Subscriber).HasColumnName("subscriber").HasMaxLength(100);
        builder.Property(message => message.ReceivedAt).HasColumnName("received_at");
        builder.HasIndex(message => message.ReceivedAt).HasDatabaseName("ix_inbox_received_at");
    }
}
