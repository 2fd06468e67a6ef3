using System.Diagnostics;
using System.Reflection;
using Dapr.DurableTask.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Dapr.Workflow;

/// <summary>The way to the sidecar's workflow service, shared by the worker and the clients of a container.</summary>
internal sealed class SidecarConnection : IDisposable
{
    private static readonly string UserAgent = "dapr-sdk-dotnet/v" + typeof(SidecarConnection).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private readonly GrpcChannel _channel;
    private readonly string _apiToken;

    public SidecarConnection(GrpcChannel channel, string apiToken)
    {
        _channel = channel;
        _apiToken = apiToken;
        Client = new TaskHubSidecarService.TaskHubSidecarServiceClient(channel);
    }

    public TaskHubSidecarService.TaskHubSidecarServiceClient Client { get; }

    /// <param name="limits">Channel options whose message sizes count. Without them nothing limits a history: it comes from our own sidecar.</param>
    public static SidecarConnection Open(string endpoint, string apiToken, GrpcChannelOptions? limits)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            // A span for every protocol call would drown the spans of the workflow itself; the trace context goes as call metadata.
            ActivityHeadersPropagator = null,
        };
        var channel = GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            ThrowOperationCanceledOnCancellation = true,
            MaxReceiveMessageSize = limits?.MaxReceiveMessageSize,
            MaxSendMessageSize = limits?.MaxSendMessageSize,
        });
        return new SidecarConnection(channel, apiToken);
    }

    public CallOptions Options(CancellationToken cancellationToken)
    {
        var headers = new Metadata { { "user-agent", UserAgent } };
        if (!string.IsNullOrWhiteSpace(_apiToken))
            headers.Add("dapr-api-token", _apiToken);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent } activity)
        {
            headers.Add("traceparent", traceParent);
            if (!string.IsNullOrEmpty(activity.TraceStateString))
                headers.Add("tracestate", activity.TraceStateString);
        }
        return new CallOptions(headers, cancellationToken: cancellationToken);
    }

    public void Dispose() => _channel.Dispose();
}
