namespace Argosy.PaymentSimulator.Stripe;

/// <summary>Finds the data of real cards in requests, so that it goes no further.</summary>
internal static class CardNumber
{
    private const int Shortest = 13;
    private const int Longest = 19;

    /// <summary>True for what is called a card number or code, or looks like a number.</summary>
    public static bool Is(string name, string value) =>
        name.EndsWith("[number]", StringComparison.OrdinalIgnoreCase) || name.EndsWith("[cvc]", StringComparison.OrdinalIgnoreCase) || LooksLikeOne(value);

    private static bool LooksLikeOne(string value)
    {
        var digits = value.Where(letter => letter is not (' ' or '-')).ToArray();
        return digits.Length is >= Shortest and <= Longest && digits.All(char.IsAsciiDigit) && HasCheckDigit(digits);
    }

    // ISO/IEC 7812: every second digit from the right counts twice.
    private static bool HasCheckDigit(char[] digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }
}
