using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.PubSub.CloudEvents;

namespace Argosy.Sidecar.PubSub;

/// <summary>The HTTP front of the publish API.</summary>
internal static partial class PubSubHttp
{
    private const string MetadataPrefix = "metadata.";
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Put];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/v1.0/publish/{pubsub}/{**topic}", Methods, PublishAsync);
        routes.MapMethods("/v1.0/publish/bulk/{pubsub}/{**topic}", Methods, PublishManyAsync);
        routes.MapMethods("/v1.0-alpha1/publish/bulk/{pubsub}/{**topic}", Methods, PublishManyAsync);
    }

    private static async Task PublishAsync(HttpContext context)
    {
        var request = ReadRequest(context);
        var body = await ReadBodyAsync(context);
        await context.GetSidecar().App.Engine<Publisher>().PublishAsync(request with { Data = body }, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task PublishManyAsync(HttpContext context)
    {
        var request = ReadRequest(context);
        var app = context.GetSidecar().App;
        var publisher = app.Engine<Publisher>();
        publisher.Find(request.PubSubName, request.Topic, request.Metadata);
        BulkEventBody[] body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, BulkPublishJson.Default.BulkEventBodyArray, context.RequestAborted) ?? [];
        }
        catch (JsonException failure)
        {
            throw PubSubErrors.BulkRequest(request.PubSubName, request.Topic, app.AppId, failure.Message);
        }
        BulkEntry[] entries;
        try
        {
            entries = Array.ConvertAll(body, ToEntry);
        }
        catch (FormatException failure)
        {
            throw PubSubErrors.BulkEvent(request.PubSubName, request.Topic, app.AppId, failure.Message);
        }
        var failures = await publisher.PublishManyAsync(request, entries, context.RequestAborted);
        if (failures.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        var answer = new BulkFailureBody(failures, "ERR_PUBSUB_PUBLISH_MESSAGE");
        await context.Response.WriteAsJsonAsync(answer, BulkPublishJson.Default.BulkFailureBody, cancellationToken: context.RequestAborted);
    }

    private static PublishRequest ReadRequest(HttpContext context)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in context.Request.Query)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.Ordinal))
                metadata[name[MetadataPrefix.Length..]] = values[0] ?? "";
        }
        return new PublishRequest(
            RouteText(context, "pubsub"),
            RouteText(context, "topic"),
            context.Request.ContentType ?? "",
            ReadOnlyMemory<byte>.Empty,
            metadata,
            TraceContext.Of(context.Request));
    }

    /// <summary>Kestrel leaves an encoded slash alone; a topic may well have one.</summary>
    private static string RouteText(HttpContext context, string name) =>
        (context.Request.RouteValues[name] as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
    }

    /// <summary>Text comes as a JSON string, binary as base64 in one, JSON and CloudEvents as they are.</summary>
    private static BulkEntry ToEntry(BulkEventBody entry)
    {
        var contentType = entry.ContentType ?? "";
        byte[] data;
        if (MediaType.IsJson(contentType) || MediaType.IsCloudEvent(contentType))
            data = Encoding.UTF8.GetBytes(entry.Event.ValueKind == JsonValueKind.Undefined ? "null" : entry.Event.GetRawText());
        else if (entry.Event.ValueKind != JsonValueKind.String)
            throw new FormatException($"the event of entry '{entry.EntryId}' must be a string for content type '{contentType}'");
        else if (!MediaType.IsBinary(contentType))
            data = Encoding.UTF8.GetBytes(entry.Event.GetString()!);
        else if (!entry.Event.TryGetBytesFromBase64(out data!))
            throw new FormatException($"the event of entry '{entry.EntryId}' must be base64 for content type '{contentType}'");
        return new BulkEntry(entry.EntryId ?? "", contentType, data, entry.Metadata ?? MessageMetadata.None);
    }

    private sealed record BulkEventBody(string? EntryId, JsonElement Event, string? ContentType, IReadOnlyDictionary<string, string>? Metadata);

    private sealed record BulkFailureBody(IReadOnlyList<BulkFailure> FailedEntries, string ErrorCode);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(BulkEventBody[]))]
    [JsonSerializable(typeof(BulkFailureBody))]
    private sealed partial class BulkPublishJson : JsonSerializerContext;
}
