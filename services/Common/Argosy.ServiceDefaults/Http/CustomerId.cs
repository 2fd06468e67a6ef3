using Argosy.Contracts.Http;
using Argosy.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Http;

namespace Argosy.ServiceDefaults.Http;

/// <summary>Who is served: as a handler's parameter it is bound from the header the gateway sets.</summary>
/// <param name="Value">The customer's or guest's id.</param>
public readonly record struct CustomerId(string Value)
{
    private const int MaximumLength = 64;

    /// <summary>Called by ASP.NET Core; a request without the header ends with 401 <c>customer-required</c>.</summary>
    public static ValueTask<CustomerId> BindAsync(HttpContext context)
    {
        var value = context.Request.Headers[ArgosyHeaders.Customer].ToString();
        return value.Length is > 0 and <= MaximumLength
            ? ValueTask.FromResult(new CustomerId(value))
            : throw new ProblemException(new DomainError("customer-required", "The request does not say for which customer it is.", StatusCodes.Status401Unauthorized));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
