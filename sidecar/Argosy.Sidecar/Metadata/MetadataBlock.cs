using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Argosy.Sidecar.Metadata;

/// <summary>The metadata and shutdown APIs: what a sidecar tells about itself, and how it is asked to end.</summary>
internal sealed class MetadataBlock : IBuildingBlock
{
    public void AddEngine(IServiceCollection services) => services.AddSingleton<MetadataEngine>();

    public void MapHttp(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1.0/metadata", (HttpContext context) =>
        {
            var sidecar = context.GetSidecar();
            return TypedResults.Bytes(MetadataJson.Write(sidecar.App.Engine<MetadataEngine>().Describe(sidecar)), "application/json");
        });
        routes.MapPut("/v1.0/metadata/{key}", async (HttpContext context, string key) =>
        {
            var sidecar = context.GetSidecar();
            using var body = new StreamReader(context.Request.Body);
            sidecar.App.Engine<MetadataEngine>().Set(sidecar, key, await body.ReadToEndAsync(context.RequestAborted));
            return TypedResults.NoContent();
        });
        routes.MapPost("/v1.0/shutdown", (HttpContext context) =>
        {
            Shutdown(context, context.Request.Headers["dapr-force-shutdown"]);
            return TypedResults.NoContent();
        });
    }

    public void MapGrpc(DaprGrpcBinder grpc)
    {
        grpc.Unary<GetMetadataRequest, GetMetadataResponse>("GetMetadata", (_, sidecar, _) =>
            Task.FromResult(sidecar.App.Engine<MetadataEngine>().Describe(sidecar)));
        grpc.Unary<SetMetadataRequest, Empty>("SetMetadata", (request, sidecar, _) =>
        {
            sidecar.App.Engine<MetadataEngine>().Set(sidecar, request.Key, request.Value);
            return Task.FromResult(new Empty());
        });
        grpc.Unary<ShutdownRequest, Empty>("Shutdown", (_, _, call) =>
        {
            Shutdown(call.GetHttpContext(), call.RequestHeaders.GetValue("dapr-force-shutdown"));
            return Task.FromResult(new Empty());
        });
    }

    private static void Shutdown(HttpContext context, string? force)
    {
        var isForced = string.Equals(force, "true", StringComparison.OrdinalIgnoreCase);
        var shutdown = context.RequestServices.GetRequiredService<SidecarShutdown>();
        var sidecar = context.GetSidecar();
        // The answer goes out first; ending starts when the request is over.
        context.Response.OnCompleted(() =>
        {
            shutdown.Begin(sidecar, isForced);
            return Task.CompletedTask;
        });
    }
}
