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
        // Not in the schema, but in the documents of Dapr's own documentation, and daprd does not mind.
        spec.Text("version");
        var baseUrl = spec.RequiredText("baseUrl");
        var headers = spec.Maps("headers").Select(ComponentReader.ReadItem).ToList();
        var tls = ReadTls(spec.Map("clientTLS"), errors);
        spec.RefuseUnknownFields();
        if (Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url!.Query.Length == 0 && url.Fragment.Length == 0)
            return new HttpEndpoint(name, url, headers, root.Location) { ClientTls = tls, SecretStore = secretStore, Scopes = scopes };
        if (baseUrl.Length > 0)
            errors.Add(spec.LocationOf("baseUrl"), $"'baseUrl' is '{baseUrl}', expected an absolute http or https URL without a query");
        return null;
    }

    private static ClientTls? ReadTls(YamlMap? tls, ResourceErrors errors)
    {
        if (tls is null)
            return null;
        var (rootCa, certificate, privateKey) = (ReadDocument(tls, "rootCA"), ReadDocument(tls, "certificate"), ReadDocument(tls, "privateKey"));
        if (certificate is null != privateKey is null)
            errors.Add((certificate ?? privateKey)!.Location, $"'{(certificate is null ? "privateKey" : "certificate")}' needs '{(certificate is null ? "certificate" : "privateKey")}' beside it");
        var renegotiation = tls.Text("renegotiation") ?? "Never";
        if (renegotiation is not ("Never" or "OnceAsClient" or "FreelyAsClient"))
            errors.Add(tls.LocationOf("renegotiation"), $"'renegotiation' is '{renegotiation}', expected Never, OnceAsClient or FreelyAsClient");
        tls.RefuseUnknownFields();
        return new ClientTls(rootCa, certificate, privateKey, renegotiation != "Never");
    }

    private static MetadataItem? ReadDocument(YamlMap tls, string name)
    {
        if (tls.Map(name) is not { } document)
            return null;
        var read = new MetadataItem(name, document.Text("value"), ComponentReader.ReadSecretReference(document), null, document.Location);
        document.RefuseUnknownFields();
        return read;
    }
}
