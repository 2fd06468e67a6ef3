using Argosy.PaymentSimulator.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

internal sealed class StoredSettingsConfiguration : IEntityTypeConfiguration<StoredSettings>
{
    public void Configure(EntityTypeBuilder<StoredSettings> builder)
    {
        builder.ToTable("settings");
        builder.HasKey(settings => settings.Id);
        builder.Property(settings => settings.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(settings => settings.Value).HasColumnName("value").Json(SimulatorJson.Default.SimulatorSettings);
    }
}
