using System.Diagnostics;
using System.Text.Json;
using Argosy.Contracts;
using Argosy.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Argosy.ServiceDefaults.Persistence;

/// <summary>A service's database with the tables <c>outbox</c> and <c>inbox</c>. Derived contexts call <c>base.OnModelCreating</c>.</summary>
public abstract class ArgosyDbContext(DbContextOptions options) : DbContext(options)
{
    internal DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    internal DbSet<OutboxLease> OutboxLeases => Set<OutboxLease>();

    internal DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    /// <summary>True between <see cref="Publish"/> and the commit that wakes the publisher.</summary>
    internal bool HasUnpublishedEvents { get; set; }

    /// <summary>Publishes an event together with the changes of this context: it leaves if and only if they are committed.</summary>
    /// <returns>The CloudEvents id.</returns>
    public Guid Publish<TEvent>(TEvent message) where TEvent : IEvent
    {
        var row = new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            Topic = TEvent.Topic,
            Data = JsonSerializer.Serialize(message, ArgosyJson.Options),
            TraceParent = Activity.Current?.Id,
            TraceState = Activity.Current?.TraceStateString is { Length: <= OutboxMessageConfiguration.MaximumTraceStateLength } state ? state : null,
        };
        Outbox.Add(row);
        HasUnpublishedEvents = true;
        return row.Id;
    }

    /// <summary>Runs a step in one write transaction, saves and commits: all of it becomes visible at once or not at all. Within a
    /// transaction (an event handler's) it takes part in that one.</summary>
    public async Task<T> InTransactionAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is not null)
        {
            var part = await step(cancellationToken);
            await SaveChangesAsync(cancellationToken);
            return part;
        }
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var result = await step(cancellationToken);
        await SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new OutboxMessageConfiguration());
        modelBuilder.ApplyConfiguration(new OutboxLeaseConfiguration());
        modelBuilder.ApplyConfiguration(new InboxMessageConfiguration());
    }
}
