using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Worker;

/// <summary>Exceptions as the wire shows them.</summary>
internal static class Failures
{
    public static TaskFailureDetails ToWire(this Exception exception, string messagePrefix = "") => new()
    {
        ErrorType = exception.GetType().FullName ?? exception.GetType().Name,
        ErrorMessage = messagePrefix + exception.Message,
        StackTrace = exception.StackTrace ?? "",
    };
}
