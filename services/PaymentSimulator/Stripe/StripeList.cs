using System.Text.Json;
using Argosy.PaymentSimulator.Domain;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>Stripe's lists: newest first, continued after the last object of a page.</summary>
internal static class StripeList
{
    /// <param name="what">The kind of object, for the refusal of an unknown <c>starting_after</c>.</param>
    /// <param name="json">An object's JSON.</param>
    public static async Task<StripeAnswer> OfAsync<T>(StripeRequest request, IQueryable<T> all, string what, string url, Func<T, string> json, CancellationToken cancellationToken)
        where T : class, IStripeResource
    {
        var limit = request.Parameters.Limit();
        if (request.Parameters.Text("starting_after") is { } after)
        {
            var last = await all.Where(item => item.Id == after).Select(item => new { item.Id, item.CreatedAt }).SingleOrDefaultAsync(cancellationToken)
                ?? throw StripeErrors.NoSuchParameter(what, after, "starting_after");
            all = all.Where(item => item.CreatedAt < last.CreatedAt || (item.CreatedAt == last.CreatedAt && string.Compare(item.Id, last.Id) < 0));
        }
        var page = await all.AsNoTracking().OrderByDescending(item => item.CreatedAt).ThenByDescending(item => item.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var data = string.Join(',', page.Take(limit).Select(json));
        var address = JsonEncodedText.Encode(url);
        return new StripeAnswer(StatusCodes.Status200OK,
            $$"""{"object":"list","data":[{{data}}],"has_more":{{(page.Count > limit ? "true" : "false")}},"url":"{{address}}"}""");
    }
}
