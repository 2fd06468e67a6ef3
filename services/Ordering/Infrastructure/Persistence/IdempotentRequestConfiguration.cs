using Argosy.Ordering.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Ordering.Infrastructure.Persistence;

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
    {
        builder.ToTable("idempotent_requests");
        builder.HasKey(request => new { request.CustomerId, request.Key });
        builder.Property(request => request.CustomerId).HasColumnName("customer_id").HasMaxLength(64);
        builder.Property(request => request.Key).HasColumnName("idempotency_key").HasMaxLength(IdempotentRequest.KeyLength);
        builder.Property(request => request.Fingerprint).HasColumnName("fingerprint");
        builder.Property(request => request.OrderId).HasColumnName("order_id");
    }
}
