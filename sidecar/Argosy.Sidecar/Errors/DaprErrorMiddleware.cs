using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Grpc.Core;

namespace Argosy.Sidecar.Errors;

/// <summary>Turns failures of HTTP routes into daprd's answers.</summary>
internal sealed partial class DaprErrorMiddleware(RequestDelegate next, ILogger<DaprErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
                return;
            context.Response.Clear();
            var error = Translate(failure, context);
            if (context.Request.IsGrpc())
                await GrpcAnswer.WriteAsync(context, error.GrpcStatus, error.Message);
            else
                await DaprErrorBody.WriteAsync(context, error);
        }
    }

    private DaprApiException Translate(Exception failure, HttpContext context)
    {
        switch (failure)
        {
            case DaprApiException error:
                return error;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } tooLarge:
                return new DaprApiException(StatusCodes.Status413PayloadTooLarge, "ERR_BODY_READ", StatusCode.ResourceExhausted, tooLarge.Message);
            case BadHttpRequestException invalid:
                return new DaprApiException(invalid.StatusCode, "ERR_MALFORMED_REQUEST", StatusCode.InvalidArgument, invalid.Message);
            default:
                LogFailed(log, failure, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "", context.GetSidecar().App.AppId);
                return new DaprApiException(StatusCodes.Status500InternalServerError, "ERR_INTERNAL", StatusCode.Internal, failure.Message);
        }
    }

    [LoggerMessage(200, LogLevel.Error, "{Method} {Route} of app {AppId} failed")]
    private static partial void LogFailed(ILogger log, Exception failure, string method, string route, string appId);
}
