using Microsoft.AspNetCore.Http;

namespace Argosy.ServiceDefaults.Errors;

/// <summary>An expected refusal with a stable code that clients may test for.</summary>
/// <param name="Code">Kebab-case, never changed once published, for example <c>out-of-stock</c>.</param>
/// <param name="Title">One sentence for people, the same for every occurrence.</param>
/// <param name="Status">HTTP status; 422 unless another fits better.</param>
public sealed record DomainError(string Code, string Title, int Status = StatusCodes.Status422UnprocessableEntity)
{
    /// <summary>What is special about this occurrence; never secrets or personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>Messages by request field, for refusals that concern single fields.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Sent as <c>Retry-After</c> when the same request may succeed later.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Nothing of that id, or nothing this caller may know of.</summary>
    public static DomainError NotFound(string what) => new("not-found", $"There is no such {what}.", StatusCodes.Status404NotFound);

    /// <summary>The resource is in a state that does not allow the request.</summary>
    public static DomainError Conflict(string code, string title) => new(code, title, StatusCodes.Status409Conflict);

    /// <summary>The error as an endpoint's answer.</summary>
    public IResult ToProblem() => new ProblemAnswer(this);
}
