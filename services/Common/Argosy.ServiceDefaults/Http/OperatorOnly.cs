using Argosy.Contracts.Http;
using Argosy.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Argosy.ServiceDefaults.Http;

/// <summary>Routes for the people who run the shop.</summary>
public static class OperatorOnly
{
    private static readonly DomainError Refused = new("operator-required", "Only an operator may do this.", StatusCodes.Status403Forbidden);

    /// <summary>Refuses requests that the gateway did not mark as an operator's with 403 <c>operator-required</c>.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(static (context, next) =>
            context.HttpContext.Request.Headers[ArgosyHeaders.Role] == "operator" ? next(context) : ValueTask.FromResult<object?>(Refused.ToProblem()));
}
