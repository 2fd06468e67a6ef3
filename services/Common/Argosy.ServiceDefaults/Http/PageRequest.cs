using System.Globalization;
using Argosy.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Http;

namespace Argosy.ServiceDefaults.Http;

/// <summary>Which page is wanted: as a handler's parameter it is bound from <c>?page=&amp;pageSize=</c>.</summary>
/// <param name="Page">Counted from 1.</param>
/// <param name="PageSize">At most <see cref="MaximumPageSize"/>; more is cut down to it.</param>
public readonly record struct PageRequest(int Page, int PageSize)
{
    /// <summary>The largest page anyone gets.</summary>
    public const int MaximumPageSize = 100;

    private const int DefaultPageSize = 24;
    private const int MaximumPage = 1_000_000;

    /// <summary>Entries before this page.</summary>
    public int Skip => (Page - 1) * PageSize;

    /// <summary>Called by ASP.NET Core; values that are no positive numbers end the request with 400 <c>validation-failed</c>.</summary>
    public static ValueTask<PageRequest> BindAsync(HttpContext context)
    {
        var validation = new Validation();
        var page = Read(context, "page", 1, validation);
        var pageSize = Read(context, "pageSize", DefaultPageSize, validation);
        validation.Require(page <= MaximumPage, "page", $"must not be greater than {MaximumPage}");
        return validation.Error is { } error
            ? throw new ProblemException(error)
            : ValueTask.FromResult(new PageRequest(page, Math.Min(pageSize, MaximumPageSize)));
    }

    private static int Read(HttpContext context, string name, int otherwise, Validation validation)
    {
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        validation.Add(name, "must be a whole number from 1");
        return otherwise;
    }
}
