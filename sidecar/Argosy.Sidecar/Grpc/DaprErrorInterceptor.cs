using Argosy.Sidecar.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Argosy.Sidecar.Grpc;

/// <summary>Turns failures of gRPC methods into daprd's answers; rich errors travel in <c>grpc-status-details-bin</c>.</summary>
internal sealed class DaprErrorInterceptor : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (DaprApiException error)
        {
            throw Translate(error);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (DaprApiException error)
        {
            throw Translate(error);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (DaprApiException error)
        {
            throw Translate(error);
        }
    }

    private static RpcException Translate(DaprApiException error)
    {
        var status = new global::Grpc.Core.Status(error.GrpcStatus, error.Message);
        if (error.Details is not { } details)
            return new RpcException(status);
        var rich = new Google.Rpc.Status { Code = (int)error.GrpcStatus, Message = error.Message };
        rich.Details.Add(Any.Pack(new ErrorInfo { Domain = ErrorDetails.Domain, Reason = details.Reason, Metadata = { details.Metadata.ToDictionary() } }));
        if (details.Resource is { } resource)
            rich.Details.Add(Any.Pack(new ResourceInfo { ResourceType = resource.Type, ResourceName = resource.Name }));
        return new RpcException(status, new global::Grpc.Core.Metadata { { "grpc-status-details-bin", rich.ToByteArray() } });
    }
}
