using System.Collections.Concurrent;
using System.Net;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Sidecar.Tests;

/// <summary>An app behind a sidecar: notes every call and answers as the test says.</summary>
public sealed class RecordingApp : IAsyncDisposable
{
    private readonly Func<RecordedCall, int> _answer;
    private WebApplication? _app;

    /// <param name="answer">The status for a call; 200 when left out.</param>
    public RecordingApp(Func<RecordedCall, int>? answer = null) => _answer = answer ?? (_ => StatusCodes.Status200OK);

    public int Port { get; } = FreePort.Next();

    public ConcurrentQueue<RecordedCall> Calls { get; } = [];

    /// <summary>The calls to a path, without those that only ask whether it is there.</summary>
    public IReadOnlyList<RecordedCall> PostsTo(string path) => [.. Calls.Where(call => call.Path == path && call.Method == "POST")];

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port));
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var call = new RecordedCall(context.Request.Method, context.Request.Path, await reader.ReadToEndAsync(),
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            Calls.Enqueue(call);
            context.Response.StatusCode = _answer(call);
        });
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}

public sealed record RecordedCall(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers);
