using Argosy.Cli.Tye;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;

namespace Argosy.Cli.Checking;

/// <summary>Checks one profile as the sidecar would read it, and what only the whole of it shows: that subscriptions and secrets name
/// components that exist, and that scopes name services of <c>tye.yaml</c>.</summary>
internal sealed class ProfileCheck(TyeFile tye, string folder, ResourceErrors errors, ResourceErrors notices)
{
    private const string Namespace = "default";

    private readonly DaprOnlyTypes _daprOnly = new();

    /// <returns>What services know by name (kind and name of components and HTTPEndpoints), with where each is defined.</returns>
    public IReadOnlyDictionary<string, SourceLocation> Run()
    {
        var reader = new ResourceReader(errors);
        reader.ReadFolder(folder);
        if (tye.Dapr.Config is { } config)
        {
            reader.ReadFile(config);
            // What all profiles retry lies beside what all profiles trace.
            if (Path.Combine(Path.GetDirectoryName(config)!, "resiliency.yaml") is var resiliency && File.Exists(resiliency))
                reader.ReadFile(resiliency);
        }
        CheckComponents(reader.Documents.Select(document => document.Resource).OfType<Component>());
        foreach (var document in reader.Documents)
            CheckScopes(document);
        foreach (var service in tye.Services)
            CheckApp(service.Name, reader.ForApp(service.Name, Namespace));
        return reader.Documents.Where(document => document.Resource is Component or HttpEndpoint)
            .GroupBy(document => $"{(document.Resource is Component ? "component" : document.Kind)} '{document.Name}'")
            .ToDictionary(group => group.Key, group => Location(group.First()));
    }

    private void CheckComponents(IEnumerable<Component> components)
    {
        var catalog = new ComponentCatalog([.. BuildingBlocks.All, _daprOnly]);
        foreach (var component in components)
        {
            catalog.Check(component, errors);
            if (_daprOnly.Contains(component.Type))
                notices.Add(component.Location, $"component '{component.Name}': {component.Type} needs the real Dapr runtime; the development sidecar does not have it");
        }
    }

    private static SourceLocation Location(ResourceDocument document) => document.Resource is Component component ? component.Location : document.Location;

    private void CheckScopes(ResourceDocument document)
    {
        foreach (var scope in document.Scopes.Where(scope => !tye.Services.Any(service => service.Name == scope)))
            errors.Add(document.Location, $"{document.Kind} '{document.Name}': scope '{scope}' is no service of {Path.GetFileName(tye.Path)}{NearestName.Hint(scope, tye.Services.Select(service => service.Name))}");
    }

    private void CheckApp(string app, AppResources resources)
    {
        foreach (var component in resources.Components)
            CheckSecretStore(app, $"component '{component.Name}'", component.SecretStore, component.Location, resources);
        foreach (var endpoint in resources.HttpEndpoints)
        {
            CheckSecretStore(app, $"HTTPEndpoint '{endpoint.Name}'", endpoint.SecretStore, endpoint.Location, resources);
            CheckSecrets(endpoint);
        }
        foreach (var subscription in resources.Subscriptions)
            CheckSubscription(app, subscription, resources);
    }

    private void CheckSecretStore(string app, string what, string? secretStore, SourceLocation location, AppResources resources)
    {
        if (secretStore is { } store && !Has(resources, store, "secretstores."))
            errors.Add(location, $"{what}: auth.secretStore '{store}' is no secret store that '{app}' may use");
    }

    /// <summary>The sidecar only warns of it, as daprd does, and calls the endpoint without the value.</summary>
    private void CheckSecrets(HttpEndpoint endpoint)
    {
        foreach (var value in endpoint.Values.Where(value => value.SecretKeyRef is not null && endpoint.SecretStore is null))
            errors.Add(value.Location, $"HTTPEndpoint '{endpoint.Name}': '{value.Name}' takes a secret, but auth.secretStore is not set");
    }

    private void CheckSubscription(string app, Subscription subscription, AppResources resources)
    {
        if (!Has(resources, subscription.PubsubName, "pubsub."))
            errors.Add(subscription.Location, $"subscription '{subscription.Name}': '{subscription.PubsubName}' is no pub/sub component that '{app}' may use");
        if (subscription.DeadLetterTopic is null)
            errors.Add(subscription.Location, $"subscription '{subscription.Name}' needs 'deadLetterTopic': without one a message that cannot be handled is lost");
    }

    private static bool Has(AppResources resources, string name, string typePrefix) =>
        resources.Components.Any(component => component.Name == name && component.Type.StartsWith(typePrefix, StringComparison.OrdinalIgnoreCase));
}
