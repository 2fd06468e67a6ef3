using Argosy.Contracts;
using Dapr;
using Dapr.Client;
using Grpc.Core;

namespace Argosy.Catalog.Infrastructure.Cache;

/// <summary>The read cache all replicas share, in the Dapr state store. It only ever saves work: when it is slow or down, the database answers.</summary>
internal sealed partial class SharedCache(DaprClient dapr, ILogger<SharedCache> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly Dictionary<string, string> Metadata = new() { ["ttlInSeconds"] = "300" };

    public async Task<CachedAnswer?> FindAsync(string key, CatalogRevision revision)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var bytes = await dapr.GetByteStateAsync(ComponentNames.StateStore, KeyOf(key), cancellationToken: patience.Token);
            return CachedAnswer.FromBytes(bytes.Span, revision);
        }
        catch (Exception failure) when (IsOutage(failure))
        {
            LogUnavailable(logger, failure.Message);
            return null;
        }
    }

    public async Task KeepAsync(string key, CatalogRevision revision, CachedAnswer answer)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await dapr.SaveByteStateAsync(ComponentNames.StateStore, KeyOf(key), answer.ToBytes(revision), metadata: Metadata, cancellationToken: patience.Token);
        }
        catch (Exception failure) when (IsOutage(failure))
        {
            LogUnavailable(logger, failure.Message);
        }
    }

    public static string KeyOf(string key) => $"read:{key}";

    private static bool IsOutage(Exception failure) => failure is DaprException or RpcException or OperationCanceledException;

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "The shared read cache is not available: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
