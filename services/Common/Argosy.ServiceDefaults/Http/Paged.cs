namespace Argosy.ServiceDefaults.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">The entries of this page.</param>
/// <param name="Page">Counted from 1.</param>
/// <param name="PageSize">How many entries a full page has.</param>
/// <param name="Total">How many entries there are on all pages.</param>
public sealed record Paged<T>(IReadOnlyList<T> Items, int Page, int PageSize, int Total);
