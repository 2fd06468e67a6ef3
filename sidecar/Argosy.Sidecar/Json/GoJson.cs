using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Argosy.Sidecar.Json;

/// <summary>Writes JSON as Go's encoder does after reading it into untyped values: property names in order, numbers as doubles,
/// <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> escaped. daprd passes on values that come over HTTP in this form.</summary>
internal static class GoJson
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '"', '\\', '<', '>', '&', '\u2028', '\u2029']);

    /// <exception cref="JsonException">A number is too large for a double.</exception>
    public static byte[] Serialize(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    if (index > 0)
                        text.Append(',');
                    Write(text, item);
                }
                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetDouble()));
                break;
            default:
                text.Append(value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value)
    {
        // Of properties with one name the last counts.
        var properties = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
            properties[property.Name] = property.Value;
        text.Append('{');
        foreach (var (index, (name, item)) in properties.Index())
        {
            if (index > 0)
                text.Append(',');
            WriteString(text, name);
            text.Append(':');
            Write(text, item);
        }
        text.Append('}');
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        var rest = value.AsSpan();
        for (var next = rest.IndexOfAny(Escaped); next >= 0; next = rest.IndexOfAny(Escaped))
        {
            text.Append(rest[..next]);
            _ = rest[next] switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                var other => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)other:x4}"),
            };
            rest = rest[(next + 1)..];
        }
        text.Append(rest).Append('"');
    }

    private static string Number(double value)
    {
        if (double.IsInfinity(value))
            throw new JsonException("a number is out of range");
        var shortest = value.ToString(CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E');
        if (exponentAt < 0)
            return shortest;
        // .NET turns to exponents earlier than Go, and writes 1.5E-07 where Go writes 1.5e-7.
        if (Math.Abs(value) is >= 1e-6 and < 1e21)
            return decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        var exponent = int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{shortest[..exponentAt]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}";
    }
}
