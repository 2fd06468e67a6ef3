using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>An event that is committed but not yet with the broker.</summary>
internal sealed class OutboxMessage
{
    /// <summary>The order of publication.</summary>
    public long Sequence { get; init; }

    /// <summary>The CloudEvents id, a UUIDv7: it holds the event's time too.</summary>
    public required Guid Id { get; init; }

    public required string Topic { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Data { get; init; }

    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public const int MaximumTraceStateLength = 512;

    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(message => message.Sequence);
        builder.Property(message => message.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
        builder.Property(message => message.Id).HasColumnName("id");
        builder.Property(message => message.Topic).HasColumnName("topic").HasMaxLength(100);
        builder.Property(message => message.Data).HasColumnName("data");
        builder.Property(message => message.TraceParent).HasColumnName("trace_parent").HasMaxLength(55);
        builder.Property(message => message.TraceState).HasColumnName("trace_state").HasMaxLength(MaximumTraceStateLength);
    }
}
