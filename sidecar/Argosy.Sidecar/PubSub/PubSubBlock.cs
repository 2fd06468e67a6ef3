using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Metadata;
using Argosy.Sidecar.PubSub.InMemory;
using Argosy.Sidecar.PubSub.Sqlite;
using Argosy.Sidecar.PubSub.Subscriptions;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub;

/// <summary>Publish and subscribe.</summary>
internal sealed class PubSubBlock : IBuildingBlock
{
    public IEnumerable<ComponentType> ComponentTypes => [InMemoryPubSub.Type, SqlitePubSub.Type];

    public IReadOnlyList<MetadataField> CommonFields { get; } =
    [
        new("consumerID"),
        new("allowedTopics"),
        new("protectedTopics"),
        new("publishingScopes"),
        new("subscriptionScopes"),
    ];

    public void Check(AppResources resources, ResourceErrors errors) => DeclarativeSubscriptions.Check(resources.Subscriptions, errors);

    public void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<Publisher>();
        services.AddSingleton<DeclarativeSubscriptions>();
        services.AddSingleton<ProgrammaticSubscriptions>();
        services.AddSingleton<SubscriptionEngine>();
        services.AddSingleton<IMetadataSource, SubscriptionMetadata>();
        services.AddSingleton<IAppLifecycle>(provider => provider.GetRequiredService<SubscriptionEngine>());
    }

    public void MapHttp(IEndpointRouteBuilder routes) => PubSubHttp.Map(routes);

    public void MapGrpc(DaprGrpcBinder grpc) => PubSubGrpc.Map(grpc);
}
