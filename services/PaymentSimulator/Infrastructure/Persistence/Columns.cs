using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Argosy.PaymentSimulator.Domain;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

/// <summary>How values are kept in columns.</summary>
internal static class Columns
{
    // Milliseconds since 1970, which every database compares alike.
    private static readonly ValueConverter<DateTimeOffset, long> Milliseconds =
        new(time => time.ToUnixTimeMilliseconds(), column => DateTimeOffset.FromUnixTimeMilliseconds(column));

    public static PropertyBuilder<DateTimeOffset> Time(this PropertyBuilder<DateTimeOffset> property) => property.HasConversion(Milliseconds);

    public static PropertyBuilder<DateTimeOffset?> Time(this PropertyBuilder<DateTimeOffset?> property) => property.HasConversion(Milliseconds);

    public static PropertyBuilder<T> Name<T>(this PropertyBuilder<T> property) where T : struct, Enum =>
        property.HasMaxLength(32).HasConversion(value => StripeName<T>.Of(value), column => StripeName<T>.Parse(column));

    public static PropertyBuilder<T?> Name<T>(this PropertyBuilder<T?> property) where T : struct, Enum =>
        property.HasMaxLength(32).HasConversion(new ValueConverter<T, string>(value => StripeName<T>.Of(value), column => StripeName<T>.Parse(column)));

    // Such values are never changed, only replaced.
    public static PropertyBuilder<T> Json<T>(this PropertyBuilder<T> property, JsonTypeInfo<T> type) where T : class? => property.HasConversion(
        value => JsonSerializer.Serialize(value, type),
        text => JsonSerializer.Deserialize(text, type)!,
        new ValueComparer<T>((left, right) => ReferenceEquals(left, right), value => RuntimeHelpers.GetHashCode(value), value => value));
}
