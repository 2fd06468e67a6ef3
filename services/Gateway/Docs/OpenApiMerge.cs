using System.Text.Json.Nodes;
using Argosy.Gateway.Routing;

namespace Argosy.Gateway.Docs;

/// <summary>Merges services' OpenAPI documents: only public routes are taken over, and schemas get their service's name in front, since
/// two services may call different things the same.</summary>
internal sealed class OpenApiMerge
{
    private const string Schemas = "#/components/schemas/";
    private readonly JsonObject _paths = [];
    private readonly JsonObject _schemas = [];

    public OpenApiMerge() => Document = new JsonObject
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject { ["title"] = "Argosy", ["version"] = "v1" },
        ["paths"] = _paths,
        ["components"] = new JsonObject { ["schemas"] = _schemas },
    };

    public JsonObject Document { get; }

    public void Add(string app, JsonObject part)
    {
        foreach (var (path, item) in part["paths"]?.AsObject() ?? [])
        {
            foreach (var (method, operation) in item?.AsObject() ?? [])
            {
                if (operation is null || !PublicRoutes.All.Any(route => route.AppId == app && IsSame(route.Pattern, path) && route.Method.Equals(method, StringComparison.OrdinalIgnoreCase)))
                    continue;
                if (_paths[path] is not JsonObject target)
                    _paths[path] = target = [];
                target[method] = Renamed(operation, app);
            }
        }
        foreach (var (name, schema) in part["components"]?["schemas"]?.AsObject() ?? [])
        {
            if (schema is not null)
                _schemas[$"{app}.{name}"] = Renamed(schema, app);
        }
    }

    // Services may name a parameter differently, but not place it differently.
    private static bool IsSame(string pattern, string path)
    {
        var (left, right) = (pattern.Split('/'), path.Split('/'));
        return left.Length == right.Length && left.Zip(right).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Contains('{')));
    }

    private static JsonNode Renamed(JsonNode node, string app)
    {
        var copy = node.DeepClone();
        Rename(copy, app);
        return copy;
    }

    private static void Rename(JsonNode? node, string app)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToArray())
                {
                    if (name == "$ref" && value is JsonValue text && text.TryGetValue<string>(out var reference) && reference.StartsWith(Schemas, StringComparison.Ordinal))
                        map[name] = $"{Schemas}{app}.{reference[Schemas.Length..]}";
                    else
                        Rename(value, app);
                }
                break;
            case JsonArray list:
                foreach (var value in list)
                    Rename(value, app);
                break;
        }
    }
}
