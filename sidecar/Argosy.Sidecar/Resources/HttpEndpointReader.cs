namespace Argosy.Sidecar.Resources;

/// <summary>Reads <c>HTTPEndpoint</c> documents.</summary>
internal static class HttpEndpointReader
{
    public static HttpEndpoint? Read(YamlMap root, string name, IReadOnlyList<string> scopes, ResourceErrors errors)
    {
        var spec = root.RequiredMap("spec");
        var secretStore = ComponentReader.ReadSecretStore(root);
        if (spec.IsMissing)
            return null;
        var baseUrl = spec.RequiredText("baseUrl");
        var headers = spec.Maps("headers").Select(ComponentReader.ReadItem).ToList();
        spec.Map("clientTLS");
        spec.RefuseUnknownFields();
        if (Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return new HttpEndpoint(name, url!, headers, root.Location) { SecretStore = secretStore, Scopes = scopes };
        if (baseUrl.Length > 0)
            errors.Add(spec.LocationOf("baseUrl"), $"'baseUrl' is '{baseUrl}', expected an absolute http or https URL");
        return null;
    }
}
