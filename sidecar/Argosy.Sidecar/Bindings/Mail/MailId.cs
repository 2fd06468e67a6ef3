using System.Globalization;
using System.Security.Cryptography;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary>Ids of stored mails: the time to the tick, then chance for two processes at the same tick. They sort by time and are safe names of files.</summary>
internal sealed class MailId(TimeProvider time)
{
    private const string TimeFormat = "yyyyMMddHHmmssfffffff";
    private const int ShardLength = 12;
    private const int ChanceLength = 8;

    private long _last;

    /// <summary>Later than all this object has given.</summary>
    public (string Id, DateTimeOffset At) Next()
    {
        long last, next;
        do
        {
            last = Interlocked.Read(ref _last);
            next = Math.Max(last + 1, time.GetUtcNow().Ticks);
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);
        var at = new DateTimeOffset(next, TimeSpan.Zero);
        return ($"{at.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(ChanceLength, lowercase: true)}", at);
    }

    public static bool IsValid(string text) =>
        text.Length == TimeFormat.Length + 1 + ChanceLength
        && !text.AsSpan(0, TimeFormat.Length).ContainsAnyExceptInRange('0', '9')
        && text[TimeFormat.Length] == '-'
        && text.AsSpan(TimeFormat.Length + 1).IndexOfAnyExcept("0123456789abcdef") < 0;

    /// <summary>The minute: mails of one minute share a folder.</summary>
    public static string Shard(string id) => id[..ShardLength];
}
