using System.Globalization;
using Argosy.Catalog.Domain;

namespace Argosy.Catalog.Features.Imports;

/// <summary>The row the reader stands on. Reads cells as what they should be, and notes those that are something else.</summary>
/// <param name="number">As spreadsheets count.</param>
/// <param name="cell">The trimmed text of a column, empty when there is none.</param>
internal sealed class ShopifyRow(int number, Func<string, string> cell, ImportErrors errors)
{
    public int Number => number;

    public string this[string column] => cell(column);

    public void Refuse(string? column, string reason) => errors.Add(number, column, reason);

    public string Text(string column, int maximumLength, bool isRequired = false)
    {
        var text = PlainText.Clean(cell(column));
        if (text.Length > maximumLength)
            Refuse(column, $"must not be longer than {maximumLength} characters");
        else if (isRequired && text.Length == 0)
            Refuse(column, "is required");
        return text;
    }

    public string Html(string column, int maximumLength)
    {
        var text = PlainText.FromHtml(cell(column));
        if (text.Length > maximumLength)
            Refuse(column, $"must not be longer than {maximumLength} characters");
        return text;
    }

    public bool Flag(string column, bool otherwise)
    {
        var text = cell(column);
        if (text.Length == 0)
            return otherwise;
        if (!bool.TryParse(text, out var value))
            Refuse(column, "must be TRUE or FALSE");
        return value;
    }

    public int Quantity(string column)
    {
        var text = cell(column);
        if (text.Length == 0)
            return 0;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > CatalogLimits.Stock)
            Refuse(column, $"must be a whole number from 0 to {CatalogLimits.Stock}");
        return value;
    }

    /// <summary>A price such as <c>19.90</c>, in minor units.</summary>
    public long Price(string column)
    {
        var text = cell(column);
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            Refuse(column, text.Length == 0 ? "is required" : "must be a number with a decimal point, such as 19.90");
        else if (value != decimal.Round(value, 2))
            Refuse(column, "must not have more than two decimals");
        else if (value is <= 0 or > CatalogLimits.Price / 100)
            Refuse(column, $"must be more than 0 and at most {CatalogLimits.Price / 100}");
        else
            return (long)(value * 100);
        return 0;
    }
}
