namespace Argosy.Sidecar.Sqlite;

/// <summary>A queued write of a <see cref="SqliteDatabase"/>.</summary>
internal interface ISqliteWrite
{
    /// <summary>Runs the work inside the group's transaction; a failure undoes this work and is kept for its caller.</summary>
    void Run(SqliteSession session);

    /// <summary>Tells the caller how its work ended; called once its transaction is settled.</summary>
    void Complete();

    /// <summary>Tells the caller that the group was not stored.</summary>
    void Fail(Exception failure);
}

internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work) : ISqliteWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private T _result = default!;

    public Task<T> Task => _done.Task;

    public void Run(SqliteSession session)
    {
        _failure = null;
        session.Execute("SAVEPOINT work");
        try
        {
            _result = work(session);
        }
        catch (Exception failure)
        {
            _failure = failure;
            if (!session.IsInTransaction)
                return;
            session.Execute("ROLLBACK TO work");
        }
        session.Execute("RELEASE work");
    }

    public void Complete()
    {
        if (_failure is null)
            _done.TrySetResult(_result);
        else
            _done.TrySetException(_failure);
    }

    public void Fail(Exception failure) => _done.TrySetException(_failure ?? failure);
}
