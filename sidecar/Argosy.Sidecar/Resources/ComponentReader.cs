namespace Argosy.Sidecar.Resources;

/// <summary>Reads <c>Component</c> documents.</summary>
internal static class ComponentReader
{
    public static Component Read(YamlMap root, string name, IReadOnlyList<string> scopes)
    {
        var spec = root.RequiredMap("spec");
        var component = new Component(
            name,
            spec.IsMissing ? "" : spec.RequiredText("type"),
            spec.Text("version") ?? "v1",
            [.. spec.Maps("metadata").Select(ReadItem)],
            spec.IsMissing ? root.Location : spec.LocationOf("type"))
        {
            SecretStore = ReadSecretStore(root),
            Scopes = scopes,
            IgnoreErrors = spec.Flag("ignoreErrors"),
            InitTimeout = spec.Duration("initTimeout") ?? TimeSpan.FromSeconds(5),
        };
        spec.RefuseUnknownFields();
        return component;
    }

    public static string? ReadSecretStore(YamlMap root)
    {
        if (root.Map("auth") is not { } auth)
            return null;
        var store = auth.RequiredText("secretStore");
        auth.RefuseUnknownFields();
        return store;
    }

    public static MetadataItem ReadItem(YamlMap item)
    {
        var read = new MetadataItem(item.RequiredText("name"), item.Text("value"), ReadSecretReference(item), item.Text("envRef"), item.Location);
        item.RefuseUnknownFields();
        return read;
    }

    public static SecretKeyRef? ReadSecretReference(YamlMap item)
    {
        if (item.Map("secretKeyRef") is not { } reference)
            return null;
        var name = reference.RequiredText("name");
        var secret = new SecretKeyRef(name, reference.Text("key") ?? name);
        reference.RefuseUnknownFields();
        return secret;
    }
}
