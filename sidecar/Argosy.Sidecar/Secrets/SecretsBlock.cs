using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;
using Dapr.Client.Autogen.Grpc.v1;

namespace Argosy.Sidecar.Secrets;

/// <summary>The secrets API.</summary>
internal sealed class SecretsBlock : IBuildingBlock
{
    public IEnumerable<ComponentType> ComponentTypes => [LocalFileSecretStore.Type, EnvironmentSecretStore.Type];

    public void AddEngine(IServiceCollection services) => services.AddSingleton<SecretEngine>();

    public void MapHttp(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1.0/secrets/{store}/bulk", async (HttpContext context, string store) =>
        {
            var secrets = await context.GetSidecar().App.Engine<SecretEngine>().GetAllAsync(store, RequestMetadata.From(context.Request), context.RequestAborted);
            return TypedResults.Json(secrets, SecretJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString);
        });
        routes.MapGet("/v1.0/secrets/{store}/{name}", async (HttpContext context, string store, string name) =>
        {
            var secret = await context.GetSidecar().App.Engine<SecretEngine>().GetAsync(store, name, RequestMetadata.From(context.Request), context.RequestAborted);
            return TypedResults.Json(secret, SecretJson.Default.IReadOnlyDictionaryStringString);
        });
    }

    public void MapGrpc(DaprGrpcBinder grpc)
    {
        grpc.Unary<GetSecretRequest, GetSecretResponse>("GetSecret", async (request, sidecar, call) =>
        {
            var secret = await sidecar.App.Engine<SecretEngine>().GetAsync(request.StoreName, request.Key, request.Metadata.AsReadOnly(), call.CancellationToken);
            return new GetSecretResponse { Data = { secret.ToDictionary() } };
        });
        grpc.Unary<GetBulkSecretRequest, GetBulkSecretResponse>("GetBulkSecret", async (request, sidecar, call) =>
        {
            var secrets = await sidecar.App.Engine<SecretEngine>().GetAllAsync(request.StoreName, request.Metadata.AsReadOnly(), call.CancellationToken);
            var response = new GetBulkSecretResponse();
            foreach (var (name, secret) in secrets)
                response.Data.Add(name, new SecretResponse { Secrets = { secret.ToDictionary() } });
            return response;
        });
    }
}
