using System.Text.Json;
using System.Text.Json.Serialization;
using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Json;
using Grpc.Core;

namespace Argosy.Sidecar.Bindings;

/// <summary>The HTTP front of the bindings API.</summary>
internal static class BindingHttpRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/v1.0/bindings/{name}", [HttpMethods.Post, HttpMethods.Put], InvokeAsync);

    private static async Task InvokeAsync(HttpContext context)
    {
        var request = await ReadAsync(context);
        BindingResponse? response;
        try
        {
            response = await context.GetSidecar().App.Engine<BindingEngine>().InvokeAsync(context.Segment(2), request, context.RequestAborted);
        }
        catch (BindingFailedException failure)
        {
            // Not left to the shared error middleware, which would clear the metadata headers.
            AddMetadata(context.Response, failure.Metadata);
            await DaprErrorBody.WriteAsync(context, BindingErrors.Failed(failure));
            return;
        }
        if (response is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        AddMetadata(context.Response, response.Metadata);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = response.Data.Length;
        await context.Response.Body.WriteAsync(response.Data, context.RequestAborted);
    }

    private static async Task<BindingRequest> ReadAsync(HttpContext context)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync(context.Request.Body, BindingJson.Default.BindingRequestBody, context.RequestAborted);
            var metadata = body?.Metadata ?? [];
            foreach (var trace in (string[])["traceparent", "tracestate"])
            {
                if (context.Request.Headers.TryGetValue(trace, out var value))
                    metadata[trace] = value.ToString();
            }
            return new BindingRequest(body?.Operation ?? "", GoJson.Serialize(body?.Data ?? default), metadata);
        }
        catch (JsonException invalid)
        {
            throw new DaprApiException(400, "ERR_MALFORMED_REQUEST", StatusCode.InvalidArgument, $"failed deserializing HTTP body: {invalid.Message}");
        }
    }

    private static void AddMetadata(HttpResponse response, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
            response.Headers[$"metadata.{name}"] = value;
    }
}

internal sealed record BindingRequestBody(string? Operation, JsonElement Data, Dictionary<string, string>? Metadata);

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, MaxDepth = 512)]
[JsonSerializable(typeof(BindingRequestBody))]
internal sealed partial class BindingJson : JsonSerializerContext;
