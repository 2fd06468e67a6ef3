using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Argosy.Sidecar.PubSub;

/// <summary>The gRPC front of the publish API.</summary>
internal static class PubSubGrpc
{
    public static void Map(DaprGrpcBinder grpc)
    {
        grpc.Unary<PublishEventRequest, Empty>("PublishEvent", PublishAsync);
        grpc.Unary<BulkPublishRequest, BulkPublishResponse>("BulkPublishEvent", PublishManyAsync);
        grpc.Unary<BulkPublishRequest, BulkPublishResponse>("BulkPublishEventAlpha1", PublishManyAsync);
    }

    private static async Task<Empty> PublishAsync(PublishEventRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        var trace = TraceContext.Of(call.GetHttpContext().Request);
        var publish = new PublishRequest(
            request.PubsubName, request.Topic, request.DataContentType, request.Data.Memory, ToDictionary(request.Metadata), trace);
        await sidecar.App.Engine<Publisher>().PublishAsync(publish, call.CancellationToken);
        return new Empty();
    }

    private static async Task<BulkPublishResponse> PublishManyAsync(BulkPublishRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        var trace = TraceContext.Of(call.GetHttpContext().Request);
        var entries = request.Entries
            .Select(entry => new BulkEntry(entry.EntryId, entry.ContentType, entry.Event.Memory, ToDictionary(entry.Metadata)))
            .ToList();
        var publish = new PublishRequest(request.PubsubName, request.Topic, "", default, ToDictionary(request.Metadata), trace);
        var failures = await sidecar.App.Engine<Publisher>().PublishManyAsync(publish, entries, call.CancellationToken);
        var response = new BulkPublishResponse();
        response.FailedEntries.AddRange(failures.Select(failure => new BulkPublishResponseFailedEntry { EntryId = failure.EntryId, Error = failure.Error }));
        return response;
    }

    private static IReadOnlyDictionary<string, string> ToDictionary(MapField<string, string> metadata) =>
        metadata.Count == 0 ? MessageMetadata.None : new Dictionary<string, string>(metadata, StringComparer.Ordinal);
}
