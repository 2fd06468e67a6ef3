using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Argosy.Ordering.Features.Orders;

/// <summary>The header <c>Prefer: wait=SECONDS</c> (RFC 7240): how long a client would wait for news.</summary>
internal static class WaitPreference
{
    public const int MaximumSeconds = 30;

    private const string Prefer = "Prefer";

    /// <summary>The seconds, cut down to <see cref="MaximumSeconds"/>; null when the client does not want to wait or says it unintelligibly,
    /// for a preference is never an error.</summary>
    public static int? Read(HttpRequest request)
    {
        if (!NameValueHeaderValue.TryParseList(request.Headers[Prefer], out var preferences))
            return null;
        var wait = preferences.FirstOrDefault(preference => preference.Name.Equals("wait", StringComparison.OrdinalIgnoreCase));
        return wait is not null && int.TryParse(wait.Value.AsSpan(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? Math.Min(seconds, MaximumSeconds)
            : null;
    }

    /// <summary>Tells the client that its preference was heard.</summary>
    public static void Acknowledge(HttpResponse response, int seconds)
    {
        response.Headers["Preference-Applied"] = $"wait={seconds}";
        response.Headers.Append(HeaderNames.Vary, Prefer);
    }
}
