namespace Argosy.Sidecar.Resources;

/// <summary>Reads <c>Subscription</c> documents of both versions.</summary>
internal static class SubscriptionReader
{
    public static Subscription Read(YamlMap root, string name, IReadOnlyList<string> scopes, bool isV2)
    {
        var spec = root.RequiredMap("spec");
        if (spec.IsMissing)
            return new Subscription(name, "", "", root.Location);
        var subscription = new Subscription(name, spec.RequiredText("pubsubname"), spec.RequiredText("topic"), root.Location)
        {
            DeadLetterTopic = spec.Text("deadLetterTopic"),
            Metadata = spec.Dictionary("metadata"),
            BulkSubscribe = ReadBulk(spec.Map("bulkSubscribe")),
            Scopes = scopes,
        };
        subscription = isV2 ? ReadRoutes(subscription, spec.RequiredMap("routes")) : subscription with { DefaultPath = spec.RequiredText("route") };
        spec.RefuseUnknownFields();
        return subscription;
    }

    private static Subscription ReadRoutes(Subscription subscription, YamlMap routes)
    {
        if (routes.IsMissing)
            return subscription;
        var rules = new List<SubscriptionRule>();
        foreach (var rule in routes.Maps("rules"))
        {
            rules.Add(new SubscriptionRule(rule.Text("match") ?? "", rule.RequiredText("path")));
            rule.RefuseUnknownFields();
        }
        subscription = subscription with { Rules = rules, DefaultPath = routes.Text("default") };
        routes.RefuseUnknownFields();
        return subscription;
    }

    private static BulkSubscribe? ReadBulk(YamlMap? bulk)
    {
        if (bulk is null)
            return null;
        var defaults = new BulkSubscribe();
        var enabled = bulk.Flag("enabled");
        var read = new BulkSubscribe(bulk.Integer("maxMessagesCount") ?? defaults.MaxMessagesCount, bulk.Integer("maxAwaitDurationMs") ?? defaults.MaxAwaitDurationMs);
        bulk.RefuseUnknownFields();
        return enabled ? read : null;
    }
}
