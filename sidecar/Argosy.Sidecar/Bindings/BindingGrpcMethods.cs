using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;

namespace Argosy.Sidecar.Bindings;

/// <summary>The gRPC front of the bindings API.</summary>
internal static class BindingGrpcMethods
{
    public static void Map(DaprGrpcBinder grpc) => grpc.Unary<InvokeBindingRequest, InvokeBindingResponse>("InvokeBinding", InvokeAsync);

    private static async Task<InvokeBindingResponse> InvokeAsync(InvokeBindingRequest request, VirtualSidecar sidecar, ServerCallContext call)
    {
        var metadata = request.Metadata.ToDictionary(StringComparer.Ordinal);
        foreach (var trace in call.RequestHeaders.Where(header => header.Key is "traceparent" or "tracestate"))
            metadata.TryAdd(trace.Key, trace.Value);
        try
        {
            var answer = await sidecar.App.Engine<BindingEngine>()
                .InvokeAsync(request.Name, new BindingRequest(request.Operation, request.Data.Memory, metadata), call.CancellationToken);
            if (answer is null)
                return new InvokeBindingResponse();
            await WriteMetadataAsync(call, answer.Metadata);
            return new InvokeBindingResponse { Data = UnsafeByteOperations.UnsafeWrap(answer.Data), Metadata = { answer.Metadata.ToDictionary() } };
        }
        catch (BindingFailedException failure)
        {
            await WriteMetadataAsync(call, failure.Metadata);
            throw BindingErrors.Failed(failure);
        }
    }

    /// <summary>Response metadata also travels as headers, so that a failing call has it too. What no header can carry stays out.</summary>
    private static async Task WriteMetadataAsync(ServerCallContext call, IReadOnlyDictionary<string, string> metadata)
    {
        var headers = new global::Grpc.Core.Metadata();
        foreach (var (name, value) in metadata)
        {
            var key = $"metadata.{name}".ToLowerInvariant();
            if (!key.EndsWith("-bin", StringComparison.Ordinal) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && value.All(c => c is >= ' ' and <= '~'))
                headers.Add(key, value);
        }
        if (headers.Count > 0)
            await call.WriteResponseHeadersAsync(headers);
    }
}
