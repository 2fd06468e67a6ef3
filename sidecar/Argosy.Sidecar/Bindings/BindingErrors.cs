using Argosy.Sidecar.Errors;
using Grpc.Core;

namespace Argosy.Sidecar.Bindings;

/// <summary>daprd answers every failing invocation of a binding alike.</summary>
internal static class BindingErrors
{
    public static DaprApiException Failed(BindingFailedException failure) =>
        new(500, "ERR_INVOKE_OUTPUT_BINDING", StatusCode.Internal, failure.Message);
}
