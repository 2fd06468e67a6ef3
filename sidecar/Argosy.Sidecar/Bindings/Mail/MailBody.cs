using System.Text;
using System.Text.Json;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary>The text of a mail from the data of a request, which is a JSON string over HTTP and plain text over gRPC.</summary>
internal static class MailBody
{
    public static string Read(ReadOnlyMemory<byte> data)
    {
        if (data.Span is [(byte)'"', .., (byte)'"'])
        {
            try
            {
                return JsonSerializer.Deserialize(data.Span, MailJson.Default.String)!;
            }
            catch (JsonException)
            {
                // A text that happens to stand in quotes.
            }
        }
        return Encoding.UTF8.GetString(data.Span);
    }
}
