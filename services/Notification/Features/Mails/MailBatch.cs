using System.Collections.Concurrent;
using Argosy.Notification.Domain;

namespace Argosy.Notification.Features.Mails;

/// <summary>Mails one replica has taken for itself, and what became of them.</summary>
/// <param name="Until">When the claim ends; also what tells it from a later one.</param>
internal sealed record MailBatch(IReadOnlyList<OrderNotice> Notices, DateTimeOffset Until)
{
    private readonly ConcurrentDictionary<long, bool> _results = new();

    public IEnumerable<OrderNotice> Sent => Notices.Where(notice => _results.GetValueOrDefault(notice.Sequence));

    public IEnumerable<OrderNotice> Failed => Notices.Where(notice => _results.TryGetValue(notice.Sequence, out var sent) && !sent);

    /// <summary>Those there was no time for.</summary>
    public IEnumerable<OrderNotice> Untried => Notices.Where(notice => !_results.ContainsKey(notice.Sequence));

    public void Set(OrderNotice notice, bool sent) => _results[notice.Sequence] = sent;
}
