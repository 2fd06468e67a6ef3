namespace Argosy.Sidecar.Resources;

/// <summary>One document of a resource file with its envelope (kind, name, namespace, scopes).</summary>
internal sealed record ResourceDocument(string Kind, string Name, string? Namespace, IReadOnlyList<string> Scopes, object? Resource, SourceLocation Location)
{
    private const string V1Alpha1 = "dapr.io/v1alpha1";
    private const string V2Alpha1 = "dapr.io/v2alpha1";
    private static readonly string[] Kinds = ["Component", "Configuration", "Subscription", "HTTPEndpoint", "Resiliency"];

    /// <summary>Parts that are well-formed but that the sidecar does not act on.</summary>
    public IReadOnlyList<(string What, SourceLocation Location)> WithoutEffect { get; init; } = [];

    /// <summary>A document without a namespace belongs to all; the others only to apps of theirs.</summary>
    public bool IsVisibleTo(string appId, string appNamespace) =>
        (Namespace is null || Namespace == appNamespace) && (Scopes.Count == 0 || Scopes.Contains(appId));

    public bool HasSameNameAs(ResourceDocument other) =>
        Kind == other.Kind && Name == other.Name && (Namespace ?? "default") == (other.Namespace ?? "default");

    /// <summary>Null when the envelope itself is unusable; what is wrong is in <paramref name="errors"/>.</summary>
    public static ResourceDocument? Read(YamlMap root, ResourceErrors errors)
    {
        var kind = root.RequiredText("kind");
        var apiVersion = root.RequiredText("apiVersion");
        if (kind.Length > 0 && !Kinds.Contains(kind))
        {
            errors.Add(root.LocationOf("kind"), $"unknown kind '{kind}'{NearestName.Hint(kind, Kinds)}");
            return null;
        }
        var isV2Subscription = kind == "Subscription" && apiVersion == V2Alpha1;
        if (apiVersion.Length > 0 && apiVersion != V1Alpha1 && !isV2Subscription)
            errors.Add(root.LocationOf("apiVersion"), $"apiVersion of a {kind} is '{apiVersion}', expected {V1Alpha1}");
        var metadata = root.RequiredMap("metadata");
        var name = metadata.IsMissing ? "" : metadata.RequiredText("name");
        var scopes = root.Texts("scopes");
        var withoutEffect = new List<(string, SourceLocation)>();
        object? resource = kind switch
        {
            "Component" => ComponentReader.Read(root, name, scopes),
            "Subscription" => SubscriptionReader.Read(root, name, scopes, isV2Subscription),
            "HTTPEndpoint" => HttpEndpointReader.Read(root, name, scopes, errors),
            "Configuration" => ConfigurationReader.Read(root, errors, withoutEffect),
            "Resiliency" => ResiliencyReader.Read(root, errors),
            _ => null,
        };
        if (kind is "Resiliency")
            withoutEffect.Add(($"{kind} '{name}'", root.Location));
        root.RefuseUnknownFields();
        return name.Length == 0 || kind.Length == 0
            ? null
            : new ResourceDocument(kind, name, metadata.Text("namespace"), scopes, resource, root.Location) { WithoutEffect = withoutEffect };
    }
}
