using Argosy.Sidecar.Hosting;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Argosy.Sidecar.Grpc;

/// <summary>Marker for the service <c>dapr.proto.runtime.v1.Dapr</c>, whose methods the building blocks add one by one.</summary>
internal sealed class DaprGrpcService;

/// <summary>Collects the methods of <c>dapr.proto.runtime.v1.Dapr</c> that are really served. The messages come from the package
/// Dapr.Protos, which has no server base class for this service.</summary>
internal sealed class DaprGrpcBinder(ServiceMethodProviderContext<DaprGrpcService> context)
{
    public const string ServiceName = "dapr.proto.runtime.v1.Dapr";

    private readonly HashSet<string> _methods = [];

    /// <summary>Names of the methods added so far.</summary>
    public IReadOnlySet<string> Methods => _methods;

    public void Unary<TRequest, TResponse>(string name, Func<TRequest, VirtualSidecar, ServerCallContext, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        context.AddUnaryMethod(Method<TRequest, TResponse>(MethodType.Unary, name), [],
            (_, request, call) => handler(request, call.GetHttpContext().GetSidecar(), call));

    public void ServerStreaming<TRequest, TResponse>(string name, Func<TRequest, IServerStreamWriter<TResponse>, VirtualSidecar, ServerCallContext, Task> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        context.AddServerStreamingMethod(Method<TRequest, TResponse>(MethodType.ServerStreaming, name), [],
            (_, request, responses, call) => handler(request, responses, call.GetHttpContext().GetSidecar(), call));

    public void Duplex<TRequest, TResponse>(string name, Func<IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, VirtualSidecar, ServerCallContext, Task> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        context.AddDuplexStreamingMethod(Method<TRequest, TResponse>(MethodType.DuplexStreaming, name), [],
            (_, requests, responses, call) => handler(requests, responses, call.GetHttpContext().GetSidecar(), call));

    private Method<TRequest, TResponse> Method<TRequest, TResponse>(MethodType type, string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        _methods.Add(name);
        return new Method<TRequest, TResponse>(type, ServiceName, name, ProtoMarshaller.Of<TRequest>(), ProtoMarshaller.Of<TResponse>());
    }
}
