using System.Globalization;

namespace Argosy.Sidecar.Resources;

/// <summary>Durations in Go's notation (<c>1h2m3.5s</c>, <c>500ms</c>), the form Dapr's YAML and APIs use.</summary>
internal static class GoDuration
{
    private static readonly (string Unit, double Milliseconds)[] Units =
        [("ns", 1e-6), ("us", 1e-3), ("µs", 1e-3), ("ms", 1), ("s", 1e3), ("m", 6e4), ("h", 3.6e6)];

    /// <param name="text">For example <c>1m30s</c>; a bare integer counts in <paramref name="bareUnit"/>.</param>
    public static bool TryParse(string text, TimeSpan bareUnit, out TimeSpan duration)
    {
        duration = default;
        text = text.Trim();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bare))
        {
            duration = bareUnit * bare;
            return true;
        }
        var rest = text.AsSpan().TrimStart('-');
        var total = 0d;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return false;
            rest = rest[digits..];
            var end = rest.IndexOfAny("0123456789.");
            var unit = (end < 0 ? rest : rest[..end]).ToString();
            var scale = Array.Find(Units, candidate => candidate.Unit == unit);
            if (scale.Unit is null)
                return false;
            total += number * scale.Milliseconds;
            rest = rest[unit.Length..];
        }
        if (total == 0 && text is not ("0s" or "0ms" or "0m" or "0h"))
            return text.Length > 0 && text.Contains('0');
        duration = TimeSpan.FromMilliseconds(text.StartsWith('-') ? -total : total);
        return true;
    }
}
