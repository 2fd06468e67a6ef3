using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>The parameters of a call, from its form or query, with Stripe's bracket names (<c>metadata[order_id]</c>).</summary>
internal sealed class StripeParameters(IReadOnlyList<KeyValuePair<string, string>> pairs)
{
    private const int MaximumMetadata = 50;
    private const int MaximumMetadataKey = 40;
    private const int MaximumMetadataValue = 500;

    /// <exception cref="StripeRefusal">The body is no form, or there is a card number in it.</exception>
    public static async Task<StripeParameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> entries = request.Query;
        if (request.HasFormContentType)
            entries = entries.Concat(await request.ReadFormAsync(cancellationToken));
        else if (request.ContentLength > 0)
            throw StripeErrors.NotForm();
        var pairs = entries.SelectMany(entry => entry.Value, (entry, value) => KeyValuePair.Create(entry.Key, value ?? "")).ToList();
        if (pairs.Any(pair => CardNumber.Is(pair.Key, pair.Value)))
            throw StripeErrors.CardNumber();
        return new StripeParameters(pairs);
    }

    /// <summary>The same for the same parameters in whatever order.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('&', pairs
        .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}").Order(StringComparer.Ordinal)))));

    public bool Any(string prefix) => pairs.Any(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Null when it is absent or empty.</summary>
    public string? Text(string name, int maximumLength = 5000)
    {
        var value = pairs.FirstOrDefault(pair => pair.Key == name).Value;
        if (value?.Length > maximumLength)
            throw StripeErrors.Invalid(name, $"Invalid string: must be at most {maximumLength} characters");
        return string.IsNullOrEmpty(value) ? null : value;
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var value = Text(name);
        return value is null || allowed.Contains(value) ? value : throw StripeErrors.Invalid(name, $"Invalid {name}: must be one of {string.Join(", ", allowed!)}");
    }

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw StripeErrors.Invalid(name, $"Invalid boolean: {other}"),
    };

    /// <summary>A whole amount from 1 in minor units; null when it is absent.</summary>
    public long? Amount(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            throw StripeErrors.Invalid(name, $"Invalid integer: {text}", "parameter_invalid_integer");
        return amount switch
        {
            < 1 => throw StripeErrors.Invalid(name, "This value must be greater than or equal to 1.", "parameter_invalid_integer"),
            > 99_999_999 => throw StripeErrors.Invalid(name, "Amount must be no more than 999,999.99", "amount_too_large"),
            _ => amount,
        };
    }

    /// <summary>How many entries of a list are wanted.</summary>
    public int Limit() => Amount("limit") switch
    {
        null => 10,
        > 100 => throw StripeErrors.Invalid("limit", "This value must be less than or equal to 100.", "parameter_invalid_integer"),
        var limit => (int)limit,
    };

    /// <summary>The values of <c>name[0]</c>, <c>name[1]</c>, … or <c>name[]</c>.</summary>
    public IReadOnlyList<string> List(string name) => [.. pairs.Where(pair => pair.Key.StartsWith(name + "[", StringComparison.Ordinal)).Select(pair => pair.Value)];

    public IReadOnlyDictionary<string, string> Metadata()
    {
        const string Prefix = "metadata[";
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal) && pair.Key.EndsWith(']')))
        {
            var key = name[Prefix.Length..^1];
            if (key.Length > MaximumMetadataKey)
                throw StripeErrors.Invalid("metadata", $"Metadata keys can have up to {MaximumMetadataKey} characters.");
            if (value.Length > MaximumMetadataValue)
                throw StripeErrors.Invalid(name, $"Metadata values can have up to {MaximumMetadataValue} characters.");
            if (value.Length > 0)
                metadata[key] = value;
        }
        return metadata.Count <= MaximumMetadata ? metadata : throw StripeErrors.Invalid("metadata", $"You can only have {MaximumMetadata} metadata keys.");
    }
}
