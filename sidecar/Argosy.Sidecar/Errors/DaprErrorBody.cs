using System.Text.Encodings.Web;
using System.Text.Json;

namespace Argosy.Sidecar.Errors;

/// <summary>Writes failures as daprd's HTTP bodies: the plain form, or the rich form with google.rpc details.</summary>
internal static class DaprErrorBody
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, DaprApiException error) =>
        WriteAsync(context, error.HttpStatus, Build(error));

    public static async Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    public static byte[] Build(DaprApiException error)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("errorCode", error.ErrorCode);
            json.WriteString("message", error.Message);
            if (error.Details is { } details)
                WriteDetails(json, details);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteDetails(Utf8JsonWriter json, ErrorDetails details)
    {
        json.WriteStartArray("details");
        json.WriteStartObject();
        json.WriteString("@type", "type.googleapis.com/google.rpc.ErrorInfo");
        json.WriteString("domain", ErrorDetails.Domain);
        if (details.Metadata.Count > 0)
        {
            json.WriteStartObject("metadata");
            foreach (var (name, value) in details.Metadata)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("metadata");
        }
        json.WriteString("reason", details.Reason);
        json.WriteEndObject();
        if (details.Resource is { } resource)
        {
            json.WriteStartObject();
            json.WriteString("@type", "type.googleapis.com/google.rpc.ResourceInfo");
            json.WriteString("description", "");
            json.WriteString("owner", "");
            json.WriteString("resource_name", resource.Name);
            json.WriteString("resource_type", resource.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
