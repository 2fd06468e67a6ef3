using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Argosy.Cli.Benchmarks;

/// <summary>One keep-alive HTTP/1.1 connection that sends ready-made bytes and reads answers into one buffer. The load generator shares
/// the machine with what it measures, so it must cost next to nothing: blocking calls, no allocation per request.</summary>
internal sealed class LeanHttpClient : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly string _host;
    private readonly int _port;
    private Socket _socket;
    private byte[] _buffer = new byte[256 * 1024];
    private int _filled;
    private int _headerEnd;
    private int _bodyLength;

    public LeanHttpClient(Uri address)
    {
        _host = address.Host == "localhost" ? "127.0.0.1" : address.Host;
        _port = address.Port;
        _socket = Connect();
    }

    /// <summary>Headers of the last answer, status line first; valid until the next call.</summary>
    public ReadOnlySpan<byte> Head => _buffer.AsSpan(0, _headerEnd);

    /// <summary>Body of the last answer; valid until the next call.</summary>
    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_headerEnd, _bodyLength);

    /// <summary>The bytes of a request.</summary>
    public static byte[] Request(string method, string path, string? headers = null, string? body = null) =>
        Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}"
            + (body is null ? "\r\n" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    /// <returns>The status code.</returns>
    /// <exception cref="SocketException">The connection broke; the next call makes a new one.</exception>
    public int Send(ReadOnlySpan<byte> request)
    {
        try
        {
            if (!_socket.Connected)
                Reconnect();
            while (request.Length > 0)
                request = request[_socket.Send(request)..];
            return Read();
        }
        catch (SocketException)
        {
            Reconnect();
            throw;
        }
    }

    public void Dispose() => _socket.Dispose();

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Timeout.TotalMilliseconds,
            SendTimeout = (int)Timeout.TotalMilliseconds,
        };
        socket.Connect(_host, _port);
        return socket;
    }

    private void Reconnect()
    {
        _socket.Dispose();
        _socket = Connect();
    }

    private int Read()
    {
        _filled = 0;
        int headerEnd;
        while ((headerEnd = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            Receive();
        _headerEnd = headerEnd + 4;
        if (!Utf8Parser.TryParse(_buffer.AsSpan("HTTP/1.1 ".Length), out int status, out _))
            throw new SocketException((int)SocketError.ProtocolType);
        if (ContentLength() is { } length)
            ReadLength(length);
        else if (Head.IndexOf("Transfer-Encoding: chunked"u8) >= 0)
            ReadChunks();
        else
            _bodyLength = 0;
        return status;
    }

    private void ReadLength(int length)
    {
        while (_filled < _headerEnd + length)
            Receive();
        _bodyLength = length;
    }

    /// <summary>Moves the chunks together so that the body is one piece.</summary>
    private void ReadChunks()
    {
        var read = _headerEnd;
        var body = _headerEnd;
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _buffer.AsSpan(read, _filled - read).IndexOf("\r\n"u8)) < 0)
                Receive();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(read, lineEnd), out int size, out _, 'x'))
                throw new SocketException((int)SocketError.ProtocolType);
            read += lineEnd + 2;
            while (_filled < read + size + 2)
                Receive();
            _buffer.AsSpan(read, size).CopyTo(_buffer.AsSpan(body));
            body += size;
            read += size + 2;
            if (size == 0)
            {
                _bodyLength = body - _headerEnd;
                return;
            }
        }
    }

    private int? ContentLength()
    {
        var at = Head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(Head[(at + "Content-Length: ".Length)..], out int value, out _) ? value : null;
    }

    private void Receive()
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var received = _socket.Receive(_buffer.AsSpan(_filled));
        if (received == 0)
            throw new SocketException((int)SocketError.ConnectionReset);
        _filled += received;
    }
}
