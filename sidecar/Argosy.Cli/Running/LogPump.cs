namespace Argosy.Cli.Running;

/// <summary>Carries what a process writes into its log, line by line, on a thread of its own: reading a pipe blocks, and the thread
/// pool has better things to do.</summary>
internal static class LogPump
{
    private const int StackBytes = 128 * 1024;

    /// <returns>Ends when the process has closed its output and all of it is in the log.</returns>
    public static Task StartAsync(Stream output, LogFile log)
    {
        var done = new TaskCompletionSource();
        var thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "log" };
        thread.Start();
        return done.Task;

        void Run()
        {
            Copy(output, log);
            done.SetResult();
        }
    }

    private static void Copy(Stream output, LogFile log)
    {
        var buffer = new byte[32 * 1024];
        var kept = 0;
        while (true)
        {
            var read = Read(output, buffer.AsSpan(kept));
            var filled = kept + read;
            var lineEnd = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            var whole = lineEnd > 0 ? lineEnd : read == 0 || filled == buffer.Length ? filled : 0;
            if (whole > 0)
                Append(log, buffer.AsSpan(0, whole));
            if (read == 0)
                return;
            buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
            kept = filled - whole;
        }
    }

    private static int Read(Stream output, Span<byte> buffer)
    {
        try
        {
            return output.Read(buffer);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static void Append(LogFile log, ReadOnlySpan<byte> lines)
    {
        try
        {
            log.Append(lines);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // A full disk must neither end the supervisor nor block the process on its pipe: it goes on with a gap in its log.
        }
    }
}
