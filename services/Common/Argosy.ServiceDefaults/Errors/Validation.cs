using Microsoft.AspNetCore.Http;

namespace Argosy.ServiceDefaults.Errors;

/// <summary>Collects what is wrong with a request, so that the client learns everything at once.</summary>
public sealed class Validation
{
    private readonly Dictionary<string, List<string>> _errors = [];

    /// <summary>Notes that a field is wrong unless the condition holds.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="field">The field's JSON path, camelCase (<c>shippingAddress.city</c>).</param>
    /// <param name="message">What is expected of it, for people.</param>
    public Validation Require(bool condition, string field, string message)
    {
        if (!condition)
            Add(field, message);
        return this;
    }

    /// <summary>Requires a text that is not blank and not longer than allowed.</summary>
    public Validation RequireText(string? value, string field, int maximumLength)
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(field, "is required");
        else if (value.Length > maximumLength)
            Add(field, $"must not be longer than {maximumLength} characters");
        return this;
    }

    /// <summary>Notes that a field is wrong.</summary>
    public void Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>The 400 problem <c>validation-failed</c> with all that was noted; null when the request is fine.</summary>
    public DomainError? Error => _errors.Count == 0 ? null : new("validation-failed", "Some fields of the request are not valid.", StatusCodes.Status400BadRequest)
    {
        Errors = _errors.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray()),
    };
}
