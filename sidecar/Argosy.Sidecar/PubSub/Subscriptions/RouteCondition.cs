using System.Text.Json;
using System.Text.RegularExpressions;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>The condition of a route. Of CEL it understands the comparison of one attribute with a text, <c>event.type == "x"</c>
/// (also <c>!=</c>, and attributes inside <c>data</c>); anything else is refused rather than guessed.</summary>
internal sealed partial class RouteCondition
{
    private readonly string[] _path;
    private readonly string _expected;
    private readonly bool _isNegated;

    private RouteCondition(string text, string[] path, string expected, bool isNegated)
    {
        Text = text;
        _path = path;
        _expected = expected;
        _isNegated = isNegated;
    }

    /// <summary>As the app wrote it.</summary>
    public string Text { get; }

    /// <exception cref="FormatException">The expression is outside what is understood.</exception>
    public static RouteCondition Parse(string text)
    {
        var match = Comparison().Match(text);
        if (!match.Success)
        {
            throw new FormatException(
                $"the rule '{text}' is not supported: rules compare one attribute of the event with a text, for example event.type == \"order-placed\"");
        }
        return new RouteCondition(text, match.Groups["path"].Value.Split('.')[1..], match.Groups["text"].Value, match.Groups["operator"].Value == "!=");
    }

    /// <exception cref="KeyNotFoundException">The event has no such attribute, which is an error in CEL.</exception>
    public bool Holds(JsonElement envelope)
    {
        var value = envelope;
        foreach (var name in _path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                throw new KeyNotFoundException($"The rule '{Text}' names an attribute that the event does not have.");
        }
        var isEqual = value.ValueKind == JsonValueKind.String && value.ValueEquals(_expected);
        return isEqual != _isNegated;
    }

    [GeneratedRegex("""^\s*(?<path>event(\.[A-Za-z_][A-Za-z0-9_]*)+)\s*(?<operator>==|!=)\s*(?:"(?<text>[^"\\]*)"|'(?<text>[^'\\]*)')\s*$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Comparison();
}
