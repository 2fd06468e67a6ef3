using System.Collections.Immutable;
using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>The replicas of an app that are up, taken in turn, each with a count of what it has in hand.</summary>
internal sealed class ReplicaRing
{
    private ImmutableArray<Member> _members = [];
    private uint _turn;

    public int Count => _members.Length;

    public void Add(VirtualSidecar replica) =>
        ImmutableInterlocked.Update(ref _members, members => members.Any(member => member.Replica == replica) ? members : members.Add(new Member(replica)));

    /// <summary>Takes the replica out of the ring; the task ends when it has nothing in hand any more.</summary>
    public Task RemoveAsync(VirtualSidecar replica)
    {
        var member = _members.FirstOrDefault(candidate => candidate.Replica == replica);
        if (member is null)
            return Task.CompletedTask;
        ImmutableInterlocked.Update(ref _members, members => members.Remove(member));
        return member.CloseAsync();
    }

    /// <summary>The next replica that takes work; dispose the result when the work is done. Null when none is up.</summary>
    public Turn? Next()
    {
        var members = _members;
        for (var tries = 0; tries < members.Length; tries++)
        {
            var member = members[(int)(Interlocked.Increment(ref _turn) % (uint)members.Length)];
            if (member.TryEnter())
                return new Turn(member);
        }
        return null;
    }

    internal readonly struct Turn(Member member) : IDisposable
    {
        public VirtualSidecar Replica => member.Replica;

        public void Dispose() => member.Leave();
    }

    internal sealed class Member(VirtualSidecar replica)
    {
        private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _lock = new();
        private int _inHand;
        private bool _isClosed;

        public VirtualSidecar Replica { get; } = replica;

        public bool TryEnter()
        {
            lock (_lock)
            {
                if (_isClosed)
                    return false;
                _inHand++;
                return true;
            }
        }

        public void Leave()
        {
            lock (_lock)
            {
                if (--_inHand == 0 && _isClosed)
                    _idle.TrySetResult();
            }
        }

        public Task CloseAsync()
        {
            lock (_lock)
            {
                _isClosed = true;
                if (_inHand == 0)
                    _idle.TrySetResult();
            }
            return _idle.Task;
        }
    }
}
