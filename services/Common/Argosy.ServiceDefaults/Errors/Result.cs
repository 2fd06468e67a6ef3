using System.Diagnostics.CodeAnalysis;

namespace Argosy.ServiceDefaults.Errors;

/// <summary>A value, or the reason there is none. Both convert implicitly, so that a method simply returns either.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T value) => _value = value;

    private Result(DomainError error) => Error = error;

    /// <summary>The refusal; null on success.</summary>
    public DomainError? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none: check <see cref="Error"/> first.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Code}.");

    /// <summary>Gives the value, or the error, whichever there is.</summary>
    public bool Succeeded([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out DomainError? error)
    {
        value = _value;
        error = Error;
        return error is null;
    }

    /// <summary>Goes on with the value, or keeps the error.</summary>
    public TOut Match<TOut>(Func<T, TOut> success, Func<DomainError, TOut> failure) => Error is null ? success(_value!) : failure(Error);

    /// <summary>Success.</summary>
    public static implicit operator Result<T>(T value) => new(value);

    /// <summary>Refusal.</summary>
    public static implicit operator Result<T>(DomainError error) => new(error);
}
