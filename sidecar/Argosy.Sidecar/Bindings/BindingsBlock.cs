using Argosy.Sidecar.Bindings.Mail;
using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary>Bindings: outside systems the app invokes, and events from outside that are delivered to it.</summary>
internal sealed class BindingsBlock : IBuildingBlock
{
    public IEnumerable<ComponentType> ComponentTypes =>
    [
        Type("bindings.cron", CronBinding.Fields, context => CronBinding.Create(context.Metadata, context.Services.GetRequiredService<TimeProvider>())),
        Type("bindings.http", HttpBindingOptions.Fields, context => new HttpBinding(HttpBindingOptions.From(context.Metadata))),
        Type("bindings.localstorage", LocalStorageBinding.Fields, context => new LocalStorageBinding(LocalStorageRoot.From(context.Metadata))),
        Type("bindings.mailbox", MailboxBinding.Fields, context => MailboxBinding.Create(context.Metadata, context.Services.GetRequiredService<TimeProvider>())),
        Type("bindings.smtp", SmtpOptions.Fields, context => SmtpBinding.Create(context.Metadata, context.Services.GetRequiredService<TimeProvider>())),
    ];

    public IReadOnlyList<MetadataField> CommonFields { get; } = [new("direction"), new("route")];

    public void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<BindingEngine>();
        services.AddSingleton<IAppLifecycle, InputBindings>();
    }

    public void MapHttp(IEndpointRouteBuilder routes) => BindingHttpRoutes.Map(routes);

    public void MapGrpc(DaprGrpcBinder grpc) => BindingGrpcMethods.Map(grpc);

    private static ComponentType Type(string name, IReadOnlyList<MetadataField> fields, Func<ComponentContext, object> create) =>
        new(name, fields, context =>
        {
            // A wrong direction stops the start, not the first event.
            _ = BindingDirection.From(context.Metadata);
            return create(context);
        });
}
