using System.Collections;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Secrets;

/// <summary><c>secretstores.local.env</c>: environment variables of the sidecar. Its own tokens are hidden, and a variable that is not set
/// reads as empty.</summary>
internal sealed class EnvironmentSecretStore(ComponentMetadata metadata) : ISecretStore
{
    public static readonly ComponentType Type = new("secretstores.local.env", [new("prefix")], context => new EnvironmentSecretStore(context.Metadata));

    private readonly string _prefix = metadata.Text("prefix", "");

    public ValueTask<IReadOnlyDictionary<string, string>?> GetAsync(string name, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var variable = _prefix + name;
        var value = IsHidden(variable) ? "" : Environment.GetEnvironmentVariable(variable) ?? "";
        return ValueTask.FromResult<IReadOnlyDictionary<string, string>?>(new Dictionary<string, string> { [name] = value });
    }

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> GetAllAsync(IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var secrets = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            var variable = (string)entry.Key;
            if (variable.StartsWith(_prefix, StringComparison.Ordinal) && variable.Length > _prefix.Length && !IsHidden(variable))
                secrets[variable[_prefix.Length..]] = new Dictionary<string, string> { [variable[_prefix.Length..]] = (string?)entry.Value ?? "" };
        }
        return ValueTask.FromResult<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>(secrets);
    }

    private static bool IsHidden(string variable) =>
        variable.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase) || variable.Equals("APP_API_TOKEN", StringComparison.OrdinalIgnoreCase);
}
