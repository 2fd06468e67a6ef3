namespace Dapr.Workflow;

/// <summary>A failure of an activity or workflow.</summary>
/// <param name="errorType">Full type name of the exception.</param>
/// <param name="errorMessage">Its message.</param>
/// <param name="stackTrace">Its stack trace, if it was reported.</param>
public class WorkflowTaskFailureDetails(string errorType, string errorMessage, string? stackTrace = null)
{
    /// <summary>Full type name of the exception.</summary>
    public string ErrorType { get; } = errorType ?? throw new ArgumentNullException(nameof(errorType));

    /// <summary>The exception's message.</summary>
    public string ErrorMessage { get; } = errorMessage ?? throw new ArgumentNullException(nameof(errorMessage));

    /// <summary>The exception's stack trace, if it was reported.</summary>
    public string? StackTrace { get; } = stackTrace;

    /// <summary>True when the exception is a <typeparamref name="T"/>. Types this app cannot find count as no.</summary>
    public bool IsCausedBy<T>() where T : Exception =>
        ErrorType == typeof(T).FullName || typeof(T).IsAssignableFrom(Type.GetType(ErrorType, throwOnError: false));

    /// <summary>Type and message.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
