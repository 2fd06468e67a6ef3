using Argosy.Contracts;

namespace Argosy.ServiceDefaults.Tests.Hosting;

internal sealed record NoteTaken(string Text, int Number = 0) : IEvent
{
    public static string Topic => "note-taken";
}

internal sealed record NoteRead(string Text) : IEvent
{
    public static string Topic => "note-read";
}
