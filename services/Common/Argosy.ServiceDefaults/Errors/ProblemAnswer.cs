using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.ServiceDefaults.Errors;

/// <summary>Writes a <see cref="DomainError"/> as problem details.</summary>
internal sealed class ProblemAnswer(DomainError error) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext) => await WriteAsync(httpContext, error);

    public static ValueTask WriteAsync(HttpContext context, DomainError error)
    {
        context.Response.StatusCode = error.Status;
        if (error.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
        var problem = new ProblemDetails { Status = error.Status, Title = error.Title, Detail = error.Detail };
        problem.Extensions["code"] = error.Code;
        if (error.Errors is not null)
            problem.Extensions["errors"] = error.Errors;
        return context.RequestServices.GetRequiredService<IProblemDetailsService>()
            .WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }
}
