namespace Argosy.Notification.Features.News;

/// <summary>Who is connected to this replica. Without anyone, nobody needs to look for news.</summary>
internal sealed class Listeners
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _connections = [];
    private TaskCompletionSource _first = New();

    public bool Any
    {
        get
        {
            lock (_lock)
                return _connections.Count > 0;
        }
    }

    public bool Has(string customer)
    {
        lock (_lock)
            return _connections.ContainsKey(customer);
    }

    public void Came(string customer)
    {
        lock (_lock)
        {
            _connections[customer] = _connections.GetValueOrDefault(customer) + 1;
            _first.TrySetResult();
        }
    }

    public void Left(string customer)
    {
        lock (_lock)
        {
            if (--_connections[customer] > 0)
                return;
            _connections.Remove(customer);
            if (_connections.Count == 0)
                _first = New();
        }
    }

    /// <summary>Waits until there is anyone.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _first.Task.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
