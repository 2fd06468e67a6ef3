using System.Net;
using System.Text.Json;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>What an app says about an event it was given.</summary>
internal enum AppAnswer
{
    Success,
    Retry,
    Drop,
}

/// <summary>Reads the answer of an HTTP app.</summary>
internal static class HttpAppAnswer
{
    public static async Task<AppAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
            return AppAnswer.Drop;
        if (!response.IsSuccessStatusCode)
            return AppAnswer.Retry;
        return response.Content.Headers.ContentLength == 0 ? AppAnswer.Success : Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>A body that is no such object says nothing, and 2xx then means success.</summary>
    private static AppAnswer Read(byte[] body)
    {
        if (body.Length == 0)
            return AppAnswer.Success;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.String)
                return AppAnswer.Success;
            return status.GetString() switch
            {
                "" or "SUCCESS" => AppAnswer.Success,
                "DROP" => AppAnswer.Drop,
                _ => AppAnswer.Retry,
            };
        }
        catch (JsonException)
        {
            return AppAnswer.Success;
        }
    }
}
