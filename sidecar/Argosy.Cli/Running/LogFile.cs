namespace Argosy.Cli.Running;

/// <summary>A process's log. Never grows past its limit: a full file becomes <c>.1</c>, in place of the one before.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly string _path;
    private readonly long _limit;
    private readonly Lock _gate = new();
    private FileStream _file;

    public LogFile(string path, long limit = 16 * 1024 * 1024)
    {
        _path = path;
        _limit = limit;
        _file = Open();
    }

    /// <summary>Writes whole lines; lines of different writers never mix.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        lock (_gate)
        {
            if (_file.Length + lines.Length > _limit && _file.Length > 0)
                Rotate();
            _file.Write(lines);
            _file.Flush();
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _file.Dispose();
    }

    /// <summary>The last lines of a log, oldest first.</summary>
    public static IReadOnlyList<string> Tail(string path, int count)
    {
        const int Window = 256 * 1024;
        if (!File.Exists(path))
            return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var fromStart = count > 1000 || file.Length <= Window;
        if (!fromStart)
            file.Seek(-Window, SeekOrigin.End);
        using var reader = new StreamReader(file);
        if (!fromStart)
            reader.ReadLine();
        var last = new Queue<string>();
        while (reader.ReadLine() is { } line)
        {
            last.Enqueue(line);
            if (last.Count > count)
                last.Dequeue();
        }
        return [.. last];
    }

    private void Rotate()
    {
        _file.Dispose();
        File.Move(_path, $"{_path}.1", overwrite: true);
        _file = Open();
    }

    private FileStream Open() => new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
}
