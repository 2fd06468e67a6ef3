using System.Text.Json;
using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Dapr.Client.Autogen.Grpc.v1.StateOptions.Types;
using WireItem = Dapr.Client.Autogen.Grpc.v1.StateItem;

namespace Argosy.Sidecar.State;

/// <summary>The gRPC front of the state API.</summary>
internal static class StateGrpcMethods
{
    private static readonly Empty Nothing = new();

    public static void Map(DaprGrpcBinder grpc)
    {
        grpc.Unary<GetStateRequest, GetStateResponse>("GetState", GetAsync);
        grpc.Unary<GetBulkStateRequest, GetBulkStateResponse>("GetBulkState", GetManyAsync);
        grpc.Unary<SaveStateRequest, Empty>("SaveState", SaveAsync);
        grpc.Unary<DeleteStateRequest, Empty>("DeleteState", DeleteAsync);
        grpc.Unary<DeleteBulkStateRequest, Empty>("DeleteBulkState", DeleteManyAsync);
        grpc.Unary<ExecuteStateTransactionRequest, Empty>("ExecuteStateTransaction", TransactAsync);
        grpc.Unary<QueryStateRequest, QueryStateResponse>("QueryStateAlpha1", (request, sidecar, _) => throw Engine(sidecar).RefuseQuery(request.StoreName));
    }

    private static async Task<GetStateResponse> GetAsync(GetStateRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        var item = await Engine(sidecar).GetAsync(request.StoreName, request.Key, call.CancellationToken);
        if (item is null)
            return new GetStateResponse();
        var response = new GetStateResponse { Data = UnsafeByteOperations.UnsafeWrap(item.Value), Etag = item.ETag ?? "" };
        if (item.ExpiresAt is { } expires)
            response.Metadata.Add(StateMetadata.ExpireTime, StateMetadata.Format(expires));
        return response;
    }

    private static async Task<GetBulkStateResponse> GetManyAsync(GetBulkStateRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        var response = new GetBulkStateResponse();
        foreach (var (key, item) in await Engine(sidecar).GetManyAsync(request.StoreName, request.Keys, call.CancellationToken))
        {
            var answer = new BulkStateItem { Key = key };
            if (item is not null)
            {
                answer.Data = UnsafeByteOperations.UnsafeWrap(item.Value);
                answer.Etag = item.ETag ?? "";
                if (item.ExpiresAt is { } expires)
                    answer.Metadata.Add(StateMetadata.ExpireTime, StateMetadata.Format(expires));
            }
            response.Items.Add(answer);
        }
        return response;
    }

    private static async Task<Empty> SaveAsync(SaveStateRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        await Engine(sidecar).SaveAsync(request.StoreName, [.. request.States.Select(ToSave)], call.CancellationToken);
        return Nothing;
    }

    private static async Task<Empty> DeleteAsync(DeleteStateRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        var delete = new DeleteRequest(request.Key, request.Etag?.Value, Concurrency(request.Options), Consistency(request.Options), request.Metadata);
        await Engine(sidecar).DeleteAsync(request.StoreName, delete, call.CancellationToken);
        return Nothing;
    }

    private static async Task<Empty> DeleteManyAsync(DeleteBulkStateRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        await Engine(sidecar).DeleteManyAsync(request.StoreName, [.. request.States.Select(ToDelete)], call.CancellationToken);
        return Nothing;
    }

    private static async Task<Empty> TransactAsync(ExecuteStateTransactionRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        Engine(sidecar).Require(request.StoreName);
        await Engine(sidecar).TransactAsync(request.StoreName, [.. request.Operations.Select(ToRequest)], call.CancellationToken);
        return Nothing;
    }

    /// <summary>In a transaction values stay as given, whatever their content type says.</summary>
    private static StateRequest ToRequest(TransactionalStateOperation operation) => operation.OperationType switch
    {
        "upsert" => ToSave(operation.Request, operation.Request.Value.Memory, isJson: false),
        "delete" => ToDelete(operation.Request),
        var other => throw StateErrors.OperationNotSupported(other),
    };

    private static SaveRequest ToSave(WireItem item)
    {
        if (!item.Metadata.TryGetValue("contentType", out var type) || type != "application/json")
            return ToSave(item, item.Value.Memory, isJson: false);
        try
        {
            using var value = JsonDocument.Parse(item.Value.Memory);
            return ToSave(item, GoJson.Serialize(value.RootElement), isJson: true);
        }
        catch (JsonException invalid)
        {
            throw StateErrors.Malformed(invalid.Message);
        }
    }

    private static SaveRequest ToSave(WireItem item, ReadOnlyMemory<byte> value, bool isJson) =>
        new(item.Key, value, isJson, item.Etag?.Value, Concurrency(item.Options), Consistency(item.Options), item.Metadata);

    private static DeleteRequest ToDelete(WireItem item) =>
        new(item.Key, item.Etag?.Value, Concurrency(item.Options), Consistency(item.Options), item.Metadata);

    private static string Concurrency(StateOptions? options) => options?.Concurrency switch
    {
        StateConcurrency.ConcurrencyFirstWrite => "first-write",
        StateConcurrency.ConcurrencyLastWrite => "last-write",
        _ => "",
    };

    private static string Consistency(StateOptions? options) => options?.Consistency switch
    {
        StateConsistency.ConsistencyEventual => "eventual",
        StateConsistency.ConsistencyStrong => "strong",
        _ => "",
    };

    private static StateEngine Engine(VirtualSidecar sidecar) => sidecar.App.Engine<StateEngine>();
}
