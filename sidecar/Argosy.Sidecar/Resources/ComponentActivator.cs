using Argosy.Sidecar.Secrets;

namespace Argosy.Sidecar.Resources;

/// <summary>Makes and initialises the components of one app: those that need a secret store after that store.</summary>
internal sealed partial class ComponentActivator(
    ComponentCatalog catalog, string appId, string appNamespace, IServiceProvider services, ResourceErrors errors, ILogger<ComponentActivator> log)
{
    private readonly MetadataResolver _resolver = new(appId, appNamespace);

    /// <summary>Fills <paramref name="set"/>; what cannot be made is reported in the errors, or left out if it says <c>ignoreErrors</c>.</summary>
    public async Task ActivateAsync(IReadOnlyList<Component> components, ComponentSet set, CancellationToken cancellationToken)
    {
        var waiting = components.ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.Find(component => component.SecretStore is not { } store || set.Find<ISecretStore>(store) is not null);
            if (next is null)
            {
                foreach (var component in waiting)
                    Refuse(component, new ResourceException(component.Location, $"component '{component.Name}': secret store '{component.SecretStore}' is not available"));
                return;
            }
            waiting.Remove(next);
            try
            {
                set.Add(await MakeAsync(next, set, cancellationToken));
            }
            catch (ResourceException invalid)
            {
                Refuse(next, invalid);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                var reason = failure is OperationCanceledException ? $"not ready within {next.InitTimeout.TotalSeconds:0.###} s" : failure.Message;
                Refuse(next, new ResourceException(next.Location, $"component '{next.Name}' ({next.Type}) failed to start: {reason}"));
            }
        }
    }

    private async Task<LoadedComponent> MakeAsync(Component component, ComponentSet set, CancellationToken cancellationToken)
    {
        var secrets = component.SecretStore is { } store ? set.Find<ISecretStore>(store) : null;
        var metadata = new ComponentMetadata(component, await _resolver.ResolveAsync(component.Metadata, secrets, missing => LogSecretMissing(log, component.Name, missing), cancellationToken));
        var instance = catalog[component.Type].Create(new ComponentContext(metadata, appId, appNamespace, services));
        if (instance is IInitialisedComponent initialised)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(component.InitTimeout);
            await initialised.InitialiseAsync(deadline.Token);
        }
        LogLoaded(log, component.Name, component.Type, component.Version);
        return new LoadedComponent(component, metadata, instance);
    }

    private void Refuse(Component component, ResourceException reason)
    {
        if (component.IgnoreErrors)
            LogIgnored(log, reason.Message);
        else
            errors.Add(reason);
    }

    [LoggerMessage(100, LogLevel.Information, "Component loaded: {Name} ({Type}/{Version})")]
    private static partial void LogLoaded(ILogger log, string name, string type, string version);

    [LoggerMessage(101, LogLevel.Warning, "Component left out, as its ignoreErrors asks: {Reason}")]
    private static partial void LogIgnored(ILogger log, string reason);

    [LoggerMessage(102, LogLevel.Warning, "Component {Name}: secret {Secret} is missing, its metadata stays empty")]
    private static partial void LogSecretMissing(ILogger log, string name, string secret);
}
