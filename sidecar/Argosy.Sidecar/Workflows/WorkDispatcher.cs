namespace Argosy.Sidecar.Workflows;

/// <summary>Hands work to the connected workers of an app: each ticket to the one with the least open. What a worker leaves unanswered when
/// its stream ends goes to another, or waits for the next.</summary>
internal sealed class WorkDispatcher
{
    private readonly Lock _lock = new();
    private readonly List<WorkerStream> _streams = [];
    private readonly Dictionary<string, WorkTicket> _open = new(StringComparer.Ordinal);
    private readonly List<WorkTicket> _waiting = [];
    private long _lastToken;

    // Distinguishes the tokens of this process from those of one before it.
    private readonly string _tokenPrefix = Guid.NewGuid().ToString("N");

    public int ConnectedWorkers
    {
        get
        {
            lock (_lock)
                return _streams.Count;
        }
    }

    public void Connect(WorkerStream stream)
    {
        lock (_lock)
        {
            _streams.Add(stream);
            var waiting = _waiting.ToList();
            _waiting.Clear();
            foreach (var ticket in waiting.Where(ticket => !ticket.IsCancelled))
                HandOut(ticket);
        }
    }

    public void Disconnect(WorkerStream stream)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
            var unanswered = stream.Open.ToList();
            stream.Open.Clear();
            foreach (var ticket in unanswered)
            {
                _open.Remove(ticket.Token);
                HandOut(ticket);
            }
        }
    }

    /// <summary>Waits until the worker has answered what it has; new work goes elsewhere from now on.</summary>
    public async Task DrainAsync(WorkerStream stream, TimeSpan atMost, TimeProvider time)
    {
        lock (_lock)
            _streams.Remove(stream);
        var deadline = time.GetUtcNow() + atMost;
        while (HasOpen(stream) && time.GetUtcNow() < deadline)
            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
    }

    public void Enqueue(WorkTicket ticket)
    {
        lock (_lock)
            HandOut(ticket);
    }

    public void Cancel(WorkTicket ticket)
    {
        lock (_lock)
        {
            ticket.IsCancelled = true;
            Forget(ticket);
        }
    }

    /// <summary>The ticket an answer is for; null when it is not (or no longer) open. Answers without a token are matched by <paramref name="isIt"/>.</summary>
    public T? Take<T>(string token, Func<T, bool> isIt) where T : WorkTicket
    {
        lock (_lock)
        {
            var ticket = token.Length > 0 ? _open.GetValueOrDefault(token) as T : _open.Values.OfType<T>().FirstOrDefault(isIt);
            if (ticket is not null)
                Forget(ticket);
            return ticket;
        }
    }

    private bool HasOpen(WorkerStream stream)
    {
        lock (_lock)
            return stream.Open.Count > 0;
    }

    private void HandOut(WorkTicket ticket)
    {
        var stream = _streams.MinBy(candidate => candidate.Open.Count);
        ticket.Stream = stream;
        if (stream is null)
        {
            _waiting.Add(ticket);
            return;
        }
        ticket.Token = $"{_tokenPrefix}-{++_lastToken}";
        _open.Add(ticket.Token, ticket);
        stream.Open.Add(ticket);
        stream.Send(ticket);
    }

    private void Forget(WorkTicket ticket)
    {
        _open.Remove(ticket.Token);
        ticket.Stream?.Open.Remove(ticket);
    }
}
