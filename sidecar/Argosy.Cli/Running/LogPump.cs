namespace Argosy.Cli.Running;

/// <summary>Carries what a process writes into its log, line by line, on a thread of its own: reading a pipe blocks, and the thread
/// pool has better things to do.</summary>
internal static class LogPump
{
    private const int StackBytes = 128 * 1024;

    public static void Start(Stream output, LogFile log)
    {
        var thread = new Thread(() => Run(output, log), StackBytes) { IsBackground = true, Name = "log" };
        thread.Start();
    }

    private static void Run(Stream output, LogFile log)
    {
        var buffer = new byte[32 * 1024];
        var kept = 0;
        while (true)
        {
            int read;
            try
            {
                read = output.Read(buffer, kept, buffer.Length - kept);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                read = 0;
            }
            var filled = kept + read;
            var lineEnd = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            var whole = lineEnd > 0 ? lineEnd : read == 0 || filled == buffer.Length ? filled : 0;
            if (whole > 0)
                log.Append(buffer.AsSpan(0, whole));
            if (read == 0)
                return;
            buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
            kept = filled - whole;
        }
    }
}
