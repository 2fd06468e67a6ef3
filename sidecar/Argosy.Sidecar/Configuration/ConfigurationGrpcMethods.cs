using System.Threading.Channels;
using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using WireItem = Dapr.Client.Autogen.Grpc.v1.ConfigurationItem;

namespace Argosy.Sidecar.Configuration;

/// <summary>The gRPC front of the configuration API.</summary>
internal static class ConfigurationGrpcMethods
{
    public static void Map(DaprGrpcBinder grpc)
    {
        foreach (var version in (string[])["", "Alpha1"])
        {
            grpc.Unary<GetConfigurationRequest, GetConfigurationResponse>($"GetConfiguration{version}", GetAsync);
            grpc.ServerStreaming<SubscribeConfigurationRequest, SubscribeConfigurationResponse>($"SubscribeConfiguration{version}", SubscribeAsync);
            grpc.Unary<UnsubscribeConfigurationRequest, UnsubscribeConfigurationResponse>($"UnsubscribeConfiguration{version}", UnsubscribeAsync);
        }
    }

    private static async Task<GetConfigurationResponse> GetAsync(GetConfigurationRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        var items = await Engine(sidecar).GetAsync(request.StoreName, request.Keys, request.Metadata.AsReadOnly(), call.CancellationToken);
        return new GetConfigurationResponse { Items = { Wire(items) } };
    }

    /// <summary>The first message has only the id, each further one what changed; when the stream ends, so does the subscription.</summary>
    private static async Task SubscribeAsync(
        SubscribeConfigurationRequest request, IServerStreamWriter<SubscribeConfigurationResponse> responses, VirtualSidecar sidecar, ServerCallContext call)
    {
        var changes = Channel.CreateUnbounded<IReadOnlyDictionary<string, ConfigurationItem>>();
        var subscription = await Engine(sidecar).SubscribeAsync(request.StoreName, request.Keys, request.Metadata.AsReadOnly(),
            (_, items) => changes.Writer.WriteAsync(items).AsTask(), call.CancellationToken);
        // An open stream must not hold up the end of the process.
        var stopping = call.GetHttpContext().RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, subscription.Ended, stopping);
        try
        {
            await responses.WriteAsync(new SubscribeConfigurationResponse { Id = subscription.Id }, call.CancellationToken);
            await foreach (var items in changes.Reader.ReadAllAsync(ended.Token))
                await responses.WriteAsync(new SubscribeConfigurationResponse { Id = subscription.Id, Items = { Wire(items) } }, call.CancellationToken);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone, has unsubscribed, or the sidecar stops.
        }
        finally
        {
            await Engine(sidecar).UnsubscribeAsync(subscription.Id);
        }
    }

    private static async Task<UnsubscribeConfigurationResponse> UnsubscribeAsync(UnsubscribeConfigurationRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        _ = Engine(sidecar).Find(request.StoreName);
        return await Engine(sidecar).UnsubscribeAsync(request.Id)
            ? new UnsubscribeConfigurationResponse { Ok = true }
            : new UnsubscribeConfigurationResponse { Message = ConfigurationErrors.UnsubscribeFailed(request.Id) };
    }

    private static Dictionary<string, WireItem> Wire(IReadOnlyDictionary<string, ConfigurationItem> items) =>
        items.ToDictionary(item => item.Key, item => new WireItem { Value = item.Value.Value, Version = item.Value.Version, Metadata = { item.Value.Metadata.ToDictionary() } });

    private static ConfigurationEngine Engine(VirtualSidecar sidecar) => sidecar.App.Engine<ConfigurationEngine>();
}
