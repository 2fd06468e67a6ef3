using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Argosy.Payment.Infrastructure.Persistence;

/// <summary>How values look in columns.</summary>
internal static class PaymentColumns
{
    public const int IntentIdLength = 255;
    public const int FailureCodeLength = 100;

    /// <summary>Milliseconds since 1970, which every database compares alike.</summary>
    public static readonly ValueConverter<DateTimeOffset, long> Time =
        new(time => time.ToUnixTimeMilliseconds(), column => DateTimeOffset.FromUnixTimeMilliseconds(column));
}
