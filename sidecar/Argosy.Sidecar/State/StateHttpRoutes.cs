using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Json;

namespace Argosy.Sidecar.State;

/// <summary>The HTTP front of the state API.</summary>
internal static class StateHttpRoutes
{
    private static readonly string[] Write = [HttpMethods.Post, HttpMethods.Put];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1.0/state/{store}/{key}", GetAsync);
        routes.MapDelete("/v1.0/state/{store}/{key}", DeleteAsync);
        routes.MapMethods("/v1.0/state/{store}", Write, SaveAsync);
        routes.MapMethods("/v1.0/state/{store}/bulk", Write, BulkGetAsync);
        routes.MapMethods("/v1.0/state/{store}/transaction", Write, TransactAsync);
        routes.MapMethods("/v1.0-alpha1/state/{store}/query", Write, context => throw Engine(context).RefuseQuery(Store(context)));
    }

    private static async Task GetAsync(HttpContext context)
    {
        var item = await Engine(context).GetAsync(Store(context), context.Segment(3), context.RequestAborted);
        if (item is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        if (item.ETag is { } etag)
            context.Response.Headers.ETag = etag;
        if (item.ExpiresAt is { } expires)
            context.Response.Headers[$"metadata.{StateMetadata.ExpireTime}"] = StateMetadata.Format(expires);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = item.Value.Length;
        await context.Response.Body.WriteAsync(item.Value, context.RequestAborted);
    }

    private static async Task SaveAsync(HttpContext context)
    {
        Engine(context).Require(Store(context));
        var items = await ReadAsync(context, StateHttpJson.Default.ListStateItemBody, prefix: "") ?? [];
        var metadata = RequestMetadata.From(context.Request);
        await Engine(context).SaveAsync(Store(context), [.. items.Select(item => ToSave(item, metadata))], context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task DeleteAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var etag = context.Request.Headers.IfMatch;
        var request = new DeleteRequest(context.Segment(3), etag.Count > 0 ? etag[0] : null,
            query["concurrency"].ToString(), query["consistency"].ToString(), RequestMetadata.From(context.Request));
        await Engine(context).DeleteAsync(Store(context), request, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task BulkGetAsync(HttpContext context)
    {
        Engine(context).Require(Store(context));
        var keys = (await ReadAsync(context, StateHttpJson.Default.BulkGetBody))?.Keys ?? [];
        var items = await Engine(context).GetManyAsync(Store(context), keys, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartArray();
        foreach (var (key, item) in items)
            WriteItem(json, key, item);
        json.WriteEndArray();
    }

    private static async Task TransactAsync(HttpContext context)
    {
        Engine(context).Require(Store(context));
        var operations = (await ReadAsync(context, StateHttpJson.Default.TransactionBody))?.Operations ?? [];
        var metadata = RequestMetadata.From(context.Request);
        await Engine(context).TransactAsync(Store(context), [.. operations.Select(operation => ToRequest(operation, metadata))], context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static StateRequest ToRequest(TransactionOperationBody operation, IReadOnlyDictionary<string, string> metadata)
    {
        var item = operation.Request ?? new StateItemBody(null, default, null, null, null);
        return operation.Operation switch
        {
            "upsert" => ToSave(item, metadata),
            "delete" => new DeleteRequest(item.Key ?? "", item.ETag, item.Options?.Concurrency ?? "", item.Options?.Consistency ?? "", Merge(item.Metadata, metadata)),
            var other => throw StateErrors.OperationNotSupported(other ?? ""),
        };
    }

    private static SaveRequest ToSave(StateItemBody item, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return new SaveRequest(item.Key ?? "", GoJson.Serialize(item.Value), IsJson: true, item.ETag,
                item.Options?.Concurrency ?? "", item.Options?.Consistency ?? "", Merge(item.Metadata, metadata));
        }
        catch (JsonException invalid)
        {
            throw StateErrors.Malformed(invalid.Message);
        }
    }

    /// <summary>The query's metadata goes before the item's own.</summary>
    private static IReadOnlyDictionary<string, string> Merge(Dictionary<string, string>? own, IReadOnlyDictionary<string, string> query)
    {
        if (own is null)
            return query;
        foreach (var (name, value) in query)
            own[name] = value;
        return own;
    }

    private static void WriteItem(Utf8JsonWriter json, string key, StateItem? item)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        if (item is not null)
        {
            if (IsJson(item.Value.Span))
            {
                json.WritePropertyName("data");
                json.WriteRawValue(item.Value.Span, skipInputValidation: true);
            }
            else if (!item.Value.IsEmpty)
            {
                json.WriteString("error", "the value is not JSON: read it over gRPC or by its own key");
            }
            if (item.ETag is { } etag)
                json.WriteString("etag", etag);
            if (item.ExpiresAt is { } expires)
            {
                json.WriteStartObject("metadata");
                json.WriteString(StateMetadata.ExpireTime, StateMetadata.Format(expires));
                json.WriteEndObject();
            }
        }
        json.WriteEndObject();
    }

    private static bool IsJson(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string prefix = "failed deserializing HTTP body: ") where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
        }
        catch (JsonException invalid)
        {
            throw StateErrors.Malformed(prefix + invalid.Message);
        }
    }

    private static StateEngine Engine(HttpContext context) => context.GetSidecar().App.Engine<StateEngine>();

    private static string Store(HttpContext context) => context.Segment(2);
}
