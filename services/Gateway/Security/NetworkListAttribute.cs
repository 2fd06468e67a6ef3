using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Argosy.Gateway.Security;

/// <summary>The setting is a list of networks in CIDR notation, separated by commas. Unset is fine.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworkListAttribute() : ValidationAttribute("The setting {0} must be a list of networks, for example '10.0.0.0/8, fd00::/8'.")
{
    public override bool IsValid(object? value) => value is null || (value is string text && Split(text).All(part => IPNetwork.TryParse(part, out _)));

    public static IReadOnlyList<IPNetwork> Parse(string? value) => [.. Split(value ?? "").Select(part => IPNetwork.Parse(part))];

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
