namespace Argosy.Sidecar.Resources;

/// <summary>Reads <c>Resiliency</c> documents and checks that the targets name policies that exist.</summary>
internal static class ResiliencyReader
{
    public static Resiliency Read(YamlMap root, ResourceErrors errors)
    {
        if (root.Map("spec") is { } spec)
        {
            var policies = spec.Map("policies");
            var targets = spec.Map("targets");
            spec.RefuseUnknownFields();
            var known = new Policies(ReadTimeouts(policies?.Map("timeouts")), ReadRetries(policies?.Map("retries"), errors), ReadBreakers(policies?.Map("circuitBreakers")));
            policies?.RefuseUnknownFields();
            if (targets is not null)
                CheckTargets(targets, known, errors);
        }
        return new Resiliency(root.Location);
    }

    private static HashSet<string> ReadTimeouts(YamlMap? timeouts)
    {
        foreach (var name in timeouts?.Keys ?? [])
            timeouts!.Duration(name);
        return Names(timeouts);
    }

    private static HashSet<string> ReadRetries(YamlMap? retries, ResourceErrors errors)
    {
        foreach (var name in retries?.Keys ?? [])
        {
            if (retries!.Map(name) is not { } retry)
                continue;
            if (retry.Text("policy") is { } policy && policy.ToLowerInvariant() is not ("constant" or "exponential"))
                errors.Add(retry.LocationOf("policy"), $"'policy' is '{policy}', expected constant or exponential");
            retry.Duration("duration");
            retry.Duration("maxInterval");
            retry.Integer("maxRetries");
            if (retry.Map("matching") is { } matching)
            {
                matching.Text("httpStatusCodes");
                matching.Text("gRPCStatusCodes");
                matching.RefuseUnknownFields();
            }
            retry.RefuseUnknownFields();
        }
        return Names(retries);
    }

    private static HashSet<string> ReadBreakers(YamlMap? breakers)
    {
        foreach (var name in breakers?.Keys ?? [])
        {
            if (breakers!.Map(name) is not { } breaker)
                continue;
            breaker.Integer("maxRequests");
            breaker.Duration("interval");
            breaker.Duration("timeout");
            breaker.Text("trip");
            breaker.RefuseUnknownFields();
        }
        return Names(breakers);
    }

    private static void CheckTargets(YamlMap targets, Policies policies, ResourceErrors errors)
    {
        foreach (var target in EachOf(targets.Map("apps")))
        {
            target.Integer("circuitBreakerCacheSize");
            CheckTarget(target, policies, errors);
        }
        foreach (var target in EachOf(targets.Map("actors")))
        {
            target.Text("circuitBreakerScope");
            target.Integer("circuitBreakerCacheSize");
            CheckTarget(target, policies, errors);
        }
        foreach (var component in EachOf(targets.Map("components")))
        {
            foreach (var direction in new[] { component.Map("inbound"), component.Map("outbound") })
            {
                if (direction is not null)
                    CheckTarget(direction, policies, errors);
            }
            component.RefuseUnknownFields();
        }
        targets.RefuseUnknownFields();
    }

    private static void CheckTarget(YamlMap target, Policies policies, ResourceErrors errors)
    {
        Check("timeout", policies.Timeouts);
        Check("retry", policies.Retries);
        Check("circuitBreaker", policies.CircuitBreakers);
        target.RefuseUnknownFields();

        void Check(string field, HashSet<string> known)
        {
            // Names that start with DaprBuiltIn or Default are daprd's own and need no definition.
            if (target.Text(field) is { } name && !known.Contains(name) && !name.StartsWith("DaprBuiltIn", StringComparison.Ordinal) && !name.StartsWith("Default", StringComparison.Ordinal))
                errors.Add(target.LocationOf(field), $"{field} policy '{name}' is not defined{NearestName.Hint(name, known)}");
        }
    }

    private static IEnumerable<YamlMap> EachOf(YamlMap? map)
    {
        foreach (var name in map?.Keys ?? [])
        {
            if (map!.Map(name) is { } entry)
                yield return entry;
        }
    }

    private static HashSet<string> Names(YamlMap? map) => [.. map?.Keys ?? []];

    private sealed record Policies(HashSet<string> Timeouts, HashSet<string> Retries, HashSet<string> CircuitBreakers);
}
