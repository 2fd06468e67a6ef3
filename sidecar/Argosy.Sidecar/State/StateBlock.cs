using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.State;

/// <summary>State management.</summary>
internal sealed class StateBlock : IBuildingBlock
{
    public IEnumerable<ComponentType> ComponentTypes =>
    [
        Type("state.in-memory", InMemoryStateStore.Fields, context => new InMemoryStateStore(Time(context))),
        Type("state.sqlite", SqliteStateStoreOptions.Fields, context => new SqliteStateStore(
            SqliteStateStoreOptions.From(context.Metadata), Time(context), context.Services.GetRequiredService<ILogger<SqliteStateStore>>())),
    ];

    public IReadOnlyList<MetadataField> CommonFields { get; } = [new("keyPrefix"), new("actorStateStore", MetadataKind.Flag)];

    public void AddEngine(IServiceCollection services) => services.AddSingleton<StateEngine>();

    public void MapHttp(IEndpointRouteBuilder routes) => StateHttpRoutes.Map(routes);

    public void MapGrpc(DaprGrpcBinder grpc) => StateGrpcMethods.Map(grpc);

    private static ComponentType Type(string name, IReadOnlyList<MetadataField> fields, Func<ComponentContext, IStateStore> create) =>
        new(name, fields, context =>
        {
            // A wrong prefix stops the start, not the first request.
            _ = StateKeys.From(context.Metadata, context.AppId, context.Namespace);
            return create(context);
        });

    private static TimeProvider Time(ComponentContext context) => context.Services.GetRequiredService<TimeProvider>();
}
