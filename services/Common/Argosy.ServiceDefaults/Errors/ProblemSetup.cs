using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.ServiceDefaults.Errors;

/// <summary>Gives every problem, whoever wrote it, its <c>type</c>, <c>code</c> and <c>traceId</c>.</summary>
internal static class ProblemSetup
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        services.AddExceptionHandler<ProblemExceptionHandler>();
    }

    /// <summary>The code of an answer that only has a status: the status's own phrase in kebab-case.</summary>
    public static string CodeOf(int status) => ReasonPhrases.GetReasonPhrase(status) switch
    {
        "" => $"http-{status}",
        var phrase => phrase.ToLowerInvariant().Replace(' ', '-').Replace("'", "", StringComparison.Ordinal),
    };

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var status = problem.Status ??= context.HttpContext.Response.StatusCode;
        if (!problem.Extensions.TryGetValue("code", out var code))
            problem.Extensions["code"] = code = CodeOf(status);
        problem.Type = $"/problems/{code}";
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
    }
}
