namespace Argosy.ServiceDefaults.Errors;

/// <summary>Ends a request with a problem, for places that cannot return one (parameter binding, filters). Handlers return
/// <see cref="DomainError"/> instead.</summary>
public sealed class ProblemException(DomainError error) : Exception(error.Code)
{
    /// <summary>What the client is told.</summary>
    public DomainError Error { get; } = error;
}
