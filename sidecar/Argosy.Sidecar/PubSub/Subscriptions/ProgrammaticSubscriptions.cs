using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>Asks an app for its subscriptions: <c>GET /dapr/subscribe</c>.</summary>
internal sealed partial class ProgrammaticSubscriptions(SidecarApp app, ILogger<ProgrammaticSubscriptions> log)
{
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Of two for the same topic the last one counts. An answer that makes no sense is logged and means none.</summary>
    public async Task<IReadOnlyList<TopicSubscription>> ReadAsync(AppChannel channel, CancellationToken cancellationToken)
    {
        if (await AskAsync(channel, cancellationToken) is not { } body)
            return [];
        Item[] items;
        try
        {
            items = JsonSerializer.Deserialize(body, SubscriptionsJson.Default.ItemArray) ?? [];
        }
        catch (JsonException failure)
        {
            LogUnreadable(log, failure, app.AppId);
            return [];
        }
        return [.. items.Select(ToSubscription).OfType<TopicSubscription>()
            .Reverse().DistinctBy(subscription => (subscription.PubSubName, subscription.Topic)).Reverse()];
    }

    private async Task<byte[]?> AskAsync(AppChannel channel, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/dapr/subscribe", UriKind.Relative)) { Content = new ByteArrayContent([]) };
                request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
                request.Headers.TryAddWithoutValidation("dapr-app-id", app.AppId);
                using var answer = await channel.SendAsync(request, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                if (answer.StatusCode != HttpStatusCode.NotFound)
                    LogRefused(log, app.AppId, (int)answer.StatusCode);
                return null;
            }
            catch (HttpRequestException failure)
            {
                if (attempt == Attempts)
                {
                    LogUnreachable(log, failure, app.AppId);
                    return null;
                }
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private TopicSubscription? ToSubscription(Item item)
    {
        try
        {
            var routes = (item.Routes?.Rules ?? []).Select(rule => TopicRoute.Parse(rule.Match, rule.Path ?? ""));
            if ((item.Routes?.Default ?? item.Route) is { Length: > 0 } path)
                routes = routes.Append(new TopicRoute(null, path));
            var subscription = new TopicSubscription(item.PubSubName ?? "", item.Topic ?? "", SubscriptionOrigin.Programmatic)
            {
                Routes = [.. routes],
                DeadLetterTopic = string.IsNullOrEmpty(item.DeadLetterTopic) ? null : item.DeadLetterTopic,
                Metadata = item.Metadata ?? MessageMetadata.None,
            };
            MessageMetadata.IsRawPayload(subscription.Metadata);
            if (item.BulkSubscribe?.Enabled ?? false)
                throw new FormatException("bulkSubscribe is not supported by this sidecar");
            if (subscription.PubSubName.Length == 0 || subscription.Topic.Length == 0 || subscription.Routes.Count == 0)
                throw new FormatException("it needs a pub/sub name, a topic and a route");
            return subscription;
        }
        catch (FormatException unusable)
        {
            LogLeftOut(log, app.AppId, item.Topic, item.PubSubName, unusable.Message);
            return null;
        }
    }

    private sealed record Item(
        string? PubSubName,
        string? Topic,
        string? DeadLetterTopic,
        Dictionary<string, string>? Metadata,
        string? Route,
        Routes? Routes,
        Bulk? BulkSubscribe);

    private sealed record Routes(IReadOnlyList<Rule>? Rules, string? Default);

    private sealed record Bulk(bool Enabled);

    private sealed record Rule(string? Match, string? Path);

    // Names are read in any case, as Go does: the .NET SDK writes pubsubName, the documentation pubsubname.
    [JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
    [JsonSerializable(typeof(Item[]))]
    private sealed partial class SubscriptionsJson : JsonSerializerContext;

    [LoggerMessage(410, LogLevel.Error, "App {AppId} answered /dapr/subscribe with something that is no list of subscriptions")]
    private static partial void LogUnreadable(ILogger log, Exception failure, string appId);

    [LoggerMessage(411, LogLevel.Error, "App {AppId} answered /dapr/subscribe with {Status}: it gets no programmatic subscriptions")]
    private static partial void LogRefused(ILogger log, string appId, int status);

    [LoggerMessage(412, LogLevel.Error, "App {AppId} could not be asked for its subscriptions")]
    private static partial void LogUnreachable(ILogger log, Exception failure, string appId);

    [LoggerMessage(413, LogLevel.Error, "App {AppId}: its subscription to '{Topic}' on '{PubSub}' is left out: {Reason}")]
    private static partial void LogLeftOut(ILogger log, string appId, string? topic, string? pubSub, string reason);
}
