using System.Globalization;
using Argosy.Contracts;

namespace Argosy.Notification.Features.Mails.Templates;

/// <summary>Money as English readers write it, <c>€1,234.50</c> or <c>CHF 12.00</c>. The process has no culture data, so what is needed of
/// ISO 4217 stands here.</summary>
internal static class MoneyText
{
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩", ["ILS"] = "₪", ["VND"] = "₫",
    };

    // All others have two.
    private static readonly Dictionary<string, int> Decimals = new()
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0, ["UGX"] = 0,
        ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    };

    public static string Of(Money money)
    {
        var decimals = Decimals.GetValueOrDefault(money.Currency, 2);
        var units = Math.Abs((decimal)money.Amount) / (decimal)Math.Pow(10, decimals);
        var sign = money.Amount < 0 ? "-" : "";
        var unit = Symbols.GetValueOrDefault(money.Currency) ?? $"{money.Currency}\u00a0";
        return $"{sign}{unit}{units.ToString($"N{decimals}", CultureInfo.InvariantCulture)}";
    }
}
