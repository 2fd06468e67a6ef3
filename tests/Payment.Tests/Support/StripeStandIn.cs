using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Payment.Tests.Support;

/// <summary>Plays Stripe over HTTP for the faults that the simulator cannot play: a test scripts the calls of its own order, and may fail,
/// delay or answer them before or after they have taken effect.</summary>
internal sealed class StripeStandIn : IAsyncDisposable
{
    /// <summary>A test's part in a call; <c>proceed</c> lets the call take effect and gives the true answer. Null drops the connection.</summary>
    public delegate Task<StandInAnswer?> Script(StandInCall call, Func<StandInAnswer> proceed);

    private readonly ConcurrentDictionary<Guid, Script> _scripts = new();
    private readonly ConcurrentQueue<StandInCall> _calls = [];
    private readonly StandInBook _book = new();
    private WebApplication? _app;

    public async Task StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Map("/v1/{**path}", HandleAsync);
        _app.MapGet("/dapr/subscribe", () => Array.Empty<object>());
        await _app.StartAsync();
    }

    public void On(Guid orderId, Script script) => _scripts[orderId] = script;

    public void Follow(Guid orderId) => _scripts.TryRemove(orderId, out _);

    public IReadOnlyList<StandInCall> CallsOf(Guid orderId) => [.. _calls.Where(call => call.OrderId == orderId)];

    public string OperationsOf(Guid orderId) => string.Join(' ', CallsOf(orderId).Select(call => call.Operation));

    public IReadOnlyList<StandInIntent> IntentsOf(Guid orderId) => _book.IntentsOf(orderId);

    /// <summary>Does at the gateway what nobody asked for through us.</summary>
    public void Set(Guid orderId, string status, string? error = null) => _book.Set(orderId, status, error);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http, string path)
    {
        var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()) : [];
        var call = ToCall(http.Request, path.Split('/'), form);
        _calls.Enqueue(call);
        StandInAnswer Proceed() => http.Request.Headers.Authorization == "Bearer sk_test_stand_in" ? _book.Execute(call) : StandInAnswer.Error(401, "invalid_request_error");
        var answer = _scripts.TryGetValue(call.OrderId, out var script) ? await script(call, Proceed) : Proceed();
        if (answer is null)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.Body);
    }

    private StandInCall ToCall(HttpRequest request, string[] path, Dictionary<string, string> form)
    {
        var key = request.Headers["Idempotency-Key"] is [{ } value] ? value : null;
        var (operation, intentId) = path switch
        {
            ["payment_intents"] => ("create", null),
            ["payment_intents", var id] => ("get", id),
            ["payment_intents", var id, var action] => (action, id),
            _ => ("refund", form["payment_intent"]),
        };
        return new StandInCall(operation, intentId is null ? Guid.Parse(form["metadata[order_id]"]) : _book.OrderOf(intentId), intentId, key, form);
    }
}
