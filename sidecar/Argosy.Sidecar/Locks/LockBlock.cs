using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Sqlite;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;

namespace Argosy.Sidecar.Locks;

/// <summary>Distributed locks.</summary>
internal sealed class LockBlock : IBuildingBlock
{
    public IEnumerable<ComponentType> ComponentTypes =>
    [
        new("lock.sqlite", SqliteLocation.Fields, context =>
        {
            _ = LockKeys.From(context.Metadata, context.AppId);
            return new SqliteLockStore(SqliteLocation.Path(context.Metadata), context.Services.GetRequiredService<TimeProvider>());
        }),
    ];

    public IReadOnlyList<MetadataField> CommonFields { get; } = [new("keyPrefix")];

    public void AddEngine(IServiceCollection services) => services.AddSingleton<LockEngine>();

    public void MapHttp(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1.0-alpha1/lock/{store}", async context =>
        {
            var request = await ReadAsync(context, TryLockRequest.Parser);
            request.StoreName = context.Segment(2);
            var locked = await TryLockAsync(request, context.GetSidecar(), context.RequestAborted);
            await context.Response.WriteAsJsonAsync(new TryLockBody(locked), LockJson.Default.TryLockBody, contentType: "application/json");
        });
        routes.MapPost("/v1.0-alpha1/unlock/{store}", async context =>
        {
            var request = await ReadAsync(context, UnlockRequest.Parser);
            request.StoreName = context.Segment(2);
            var result = await UnlockAsync(request, context.GetSidecar(), context.RequestAborted);
            await context.Response.WriteAsJsonAsync(new UnlockBody((int)result), LockJson.Default.UnlockBody, contentType: "application/json");
        });
    }

    public void MapGrpc(DaprGrpcBinder grpc)
    {
        grpc.Unary<TryLockRequest, TryLockResponse>("TryLockAlpha1", async (request, sidecar, call) =>
            new TryLockResponse { Success = await TryLockAsync(request, sidecar, call.CancellationToken) });
        grpc.Unary<UnlockRequest, UnlockResponse>("UnlockAlpha1", async (request, sidecar, call) =>
            new UnlockResponse { Status = (UnlockResponse.Types.Status)await UnlockAsync(request, sidecar, call.CancellationToken) });
    }

    private static Task<bool> TryLockAsync(TryLockRequest request, VirtualSidecar sidecar, CancellationToken cancellationToken) =>
        sidecar.App.Engine<LockEngine>().TryLockAsync(request.StoreName, request.ResourceId, request.LockOwner, request.ExpiryInSeconds, cancellationToken);

    private static Task<UnlockResult> UnlockAsync(UnlockRequest request, VirtualSidecar sidecar, CancellationToken cancellationToken) =>
        sidecar.App.Engine<LockEngine>().UnlockAsync(request.StoreName, request.ResourceId, request.LockOwner, cancellationToken);

    /// <summary>The bodies are the messages of the gRPC API in protobuf's JSON.</summary>
    private static async Task<T> ReadAsync<T>(HttpContext context, MessageParser<T> parser) where T : IMessage<T>
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            return parser.ParseJson(body.Length > 0 ? body : "{}");
        }
        catch (Exception invalid) when (invalid is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw LockErrors.Malformed($"failed deserializing HTTP body: {invalid.Message}");
        }
    }
}
