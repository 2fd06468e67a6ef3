namespace Argosy.Cli;

/// <summary>Something the user can act on: the message says what is wrong and what to do about it. Shown without a stack trace.</summary>
internal sealed class CliException(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
