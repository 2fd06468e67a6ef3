using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Invocation.Endpoints;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.WebUtilities;
using CallMetadata = Grpc.Core.Metadata;

namespace Argosy.Sidecar.Invocation;

/// <summary>The gRPC method <c>InvokeService</c>: one message to an app, whichever protocol it speaks, or to an HTTPEndpoint, and one back.</summary>
internal sealed class InvokeService(ReplicaCalls calls)
{
    private const string HttpStatusHeader = "dapr-http-status";
    private const int LongestErrorText = 63;

    public async Task<InvokeResponse> InvokeAsync(InvokeServiceRequest request, VirtualSidecar caller, ServerCallContext call)
    {
        if (caller.App.Engine<EndpointSet>().Find(request.Id) is { } endpoint)
            return await SendAsync(request, endpoint, call);
        InvokeResponse? response = null;
        await calls.MakeAsync(caller, request.Id, 0, async (_, target) =>
        {
            using var lease = await target.Channel!.EnterAsync(call.CancellationToken);
            try
            {
                response = target.Channel.IsGrpc
                    ? await GrpcAppInvoker.InvokeAsync(caller, target, request.Message, HeadersOf(call), call.CancellationToken)
                    : await SendAsync(request.Message, caller, target, call);
                return null;
            }
            catch (RpcException unreachable) when (unreachable.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } notConnected)
            {
                return notConnected;
            }
            catch (HttpRequestException unreachable)
            {
                return unreachable;
            }
        }, call.CancellationToken);
        return response!;
    }

    private static async Task<InvokeResponse> SendAsync(InvokeRequest message, VirtualSidecar caller, VirtualSidecar target, ServerCallContext call)
    {
        using var request = Build(message, new Uri(target.Channel!.Origin + PathAndQuery(message)), call);
        if (target.Channel.IsHttp2)
            (request.Version, request.VersionPolicy) = (new Version(2, 0), HttpVersionPolicy.RequestVersionExact);
        request.Headers.TryAddWithoutValidation("dapr-caller-app-id", caller.App.AppId);
        request.Headers.TryAddWithoutValidation("dapr-caller-namespace", caller.App.Namespace);
        request.Headers.TryAddWithoutValidation("dapr-callee-app-id", target.App.AppId);
        if (target.App.Settings.AppToken is { } token)
            request.Headers.TryAddWithoutValidation(ApiTokenMiddleware.Header, token);
        return await SendAsync(request, target.Channel.Invoker, call);
    }

    private static async Task<InvokeResponse> SendAsync(InvokeServiceRequest message, EndpointTarget endpoint, ServerCallContext call)
    {
        try
        {
            using var request = Build(message.Message, endpoint.Locate(PathAndQuery(message.Message)), call);
            (request.Version, request.VersionPolicy) = (new Version(2, 0), HttpVersionPolicy.RequestVersionOrLower);
            endpoint.Dress(request);
            return await SendAsync(request, endpoint.Invoker, call);
        }
        catch (Exception failure) when (failure is HttpRequestException or UriFormatException)
        {
            throw ReplicaCalls.Failed(message.Id, StatusCode.Internal, HttpInvoker.Reason(failure));
        }
    }

    private static async Task<InvokeResponse> SendAsync(HttpRequestMessage request, HttpMessageInvoker invoker, ServerCallContext call)
    {
        using var answer = await invoker.SendAsync(request, call.CancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(call.CancellationToken);
        var headers = new CallMetadata { { HttpStatusHeader, ((int)answer.StatusCode).ToString() } };
        foreach (var header in answer.Headers)
        {
            if (InvocationHeaders.PassToGrpc(header.Key))
                headers.Add(header.Key.ToLowerInvariant(), string.Join(", ", header.Value));
        }
        await call.WriteResponseHeadersAsync(headers);
        var status = GrpcStatusMap.FromHttp((int)answer.StatusCode);
        if (status != StatusCode.OK)
            throw Refused((int)answer.StatusCode, status, body);
        return new InvokeResponse
        {
            ContentType = answer.Content.Headers.ContentType?.ToString() ?? "",
            Data = new Any { Value = UnsafeByteOperations.UnsafeWrap(body) },
        };
    }

    private static HttpRequestMessage Build(InvokeRequest message, Uri address, ServerCallContext call)
    {
        var verb = message.HttpExtension?.Verb is { } named and not HTTPExtension.Types.Verb.None ? named.ToString().ToUpperInvariant() : "POST";
        var request = new HttpRequestMessage(new HttpMethod(verb), address)
        {
            Content = new ReadOnlyMemoryContent((message.Data?.Value ?? ByteString.Empty).Memory),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", message.ContentType.Length > 0 ? message.ContentType : "application/json");
        foreach (var header in call.RequestHeaders)
        {
            if (!header.IsBinary && InvocationHeaders.PassToHttp(header.Key))
                request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
        return request;
    }

    /// <summary>Escaped, and without steps upwards: they would lead out of the base path of an endpoint.</summary>
    private static string PathAndQuery(InvokeRequest message)
    {
        var path = new PathString("/" + message.Method.TrimStart('/')).ToUriComponent();
        var query = message.HttpExtension?.Querystring is { Length: > 0 } text ? "?" + text : "";
        return new Uri("http://target" + path + query).PathAndQuery;
    }

    private static DaprApiException Refused(int httpStatus, StatusCode status, byte[] body)
    {
        var reason = ReasonPhrases.GetReasonPhrase(httpStatus);
        var text = System.Text.Encoding.UTF8.GetString(body);
        return new DaprApiException(httpStatus, "ERR_DIRECT_INVOKE", status, reason)
        {
            Details = new ErrorDetails(reason)
            {
                Metadata = new Dictionary<string, string> { ["http.code"] = httpStatus.ToString(), ["http.error_message"] = text.Length > LongestErrorText ? text[..LongestErrorText] : text },
            },
        };
    }

    private static CallMetadata HeadersOf(ServerCallContext call)
    {
        var headers = new CallMetadata();
        foreach (var header in call.RequestHeaders)
        {
            if (InvocationHeaders.PassToGrpc(header.Key))
                headers.Add(header);
        }
        return headers;
    }
}
