using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary>Runs the input bindings of one app: while a replica is up, each binding it serves delivers to it.</summary>
internal sealed partial class InputBindings(ComponentSet components, ILogger<InputBindings> logger) : IAppLifecycle
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<VirtualSidecar, (CancellationTokenSource Stopping, Task Running)> _replicas = new();

    public async Task AppUpAsync(VirtualSidecar replica, CancellationToken cancellationToken)
    {
        if (replica.Channel is not { } channel)
            return;
        var served = new List<LoadedComponent>();
        foreach (var component in components.Of<IInputBinding>())
        {
            var direction = BindingDirection.From(component.Metadata);
            if (direction.Input && (direction.IsStated || await IsServedAsync(channel, component, cancellationToken)))
                served.Add(component);
        }
        var stopping = new CancellationTokenSource();
        _replicas[replica] = (stopping, Task.WhenAll(served.Select(component => RunAsync(channel, component, stopping.Token))));
    }

    public async Task AppDownAsync(VirtualSidecar replica, CancellationToken cancellationToken)
    {
        if (!_replicas.TryRemove(replica, out var inputs))
            return;
        await inputs.Stopping.CancelAsync();
        try
        {
            await inputs.Running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogAbandoned(logger);
        }
    }

    /// <summary>An app that has the route answers OPTIONS with success, or says that only other methods are allowed.</summary>
    private async Task<bool> IsServedAsync(AppChannel channel, LoadedComponent component, CancellationToken cancellationToken)
    {
        using var probe = new HttpRequestMessage(HttpMethod.Options, Route(component));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ProbeTimeout);
        try
        {
            using var answer = await channel.SendAsync(probe, deadline.Token);
            return answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.MethodNotAllowed;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogProbeFailed(logger, failure, component.Definition.Name);
            return false;
        }
    }

    private async Task RunAsync(AppChannel channel, LoadedComponent component, CancellationToken stopping)
    {
        LogStarted(logger, component.Definition.Name);
        try
        {
            await ((IInputBinding)component.Instance).RunAsync(data => DeliverAsync(channel, component, data), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The app is gone or the sidecar stops.
        }
        catch (Exception failure)
        {
            LogFailed(logger, failure, component.Definition.Name);
        }
    }

    private async Task<bool> DeliverAsync(AppChannel channel, LoadedComponent component, BindingEvent data)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Route(component)) { Content = new ReadOnlyMemoryContent(data.Data) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in data.Metadata)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await channel.SendAsync(request, CancellationToken.None);
            if (!answer.IsSuccessStatusCode)
                LogRefused(logger, component.Definition.Name, (int)answer.StatusCode);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException unreachable)
        {
            LogUnreachable(logger, unreachable, component.Definition.Name);
            return false;
        }
    }

    private static Uri Route(LoadedComponent component) =>
        new("/" + component.Metadata.Text("route", component.Definition.Name).TrimStart('/'), UriKind.Relative);

    [LoggerMessage(LogLevel.Information, "Input binding {Binding} delivers to the app")]
    private static partial void LogStarted(ILogger logger, string binding);

    [LoggerMessage(LogLevel.Error, "Input binding {Binding} has ended")]
    private static partial void LogFailed(ILogger logger, Exception failure, string binding);

    [LoggerMessage(LogLevel.Warning, "The app could not be asked whether it serves input binding {Binding}")]
    private static partial void LogProbeFailed(ILogger logger, Exception failure, string binding);

    [LoggerMessage(LogLevel.Error, "The app answered an event of input binding {Binding} with status {Status}")]
    private static partial void LogRefused(ILogger logger, string binding, int status);

    [LoggerMessage(LogLevel.Error, "An event of input binding {Binding} could not be delivered")]
    private static partial void LogUnreachable(ILogger logger, Exception failure, string binding);

    [LoggerMessage(LogLevel.Warning, "Events of input bindings were still under way at the end of the grace period")]
    private static partial void LogAbandoned(ILogger logger);
}
