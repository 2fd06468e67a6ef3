namespace Argosy.Contracts;

/// <summary>An amount of money in the currency's minor units (cents), so that sums are exact.</summary>
/// <param name="Amount">Whole minor units; 1999 EUR is 19.99 €.</param>
/// <param name="Currency">ISO 4217 code in capitals.</param>
public sealed record Money(long Amount, string Currency)
{
    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Adds; overflow and a mix of currencies are bugs and throw.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) =>
        left.Currency == right.Currency
            ? left with { Amount = checked(left.Amount + right.Amount) }
            : throw new InvalidOperationException($"Cannot add {right.Currency} to {left.Currency}.");

    /// <summary>A unit price times a quantity.</summary>
    public static Money operator *(Money price, int quantity) => price with { Amount = checked(price.Amount * quantity) };

    /// <summary>The same as the operator, for languages without operators.</summary>
    public static Money Add(Money left, Money right) => left + right;

    /// <summary>The same as the operator, for languages without operators.</summary>
    public static Money Multiply(Money price, int quantity) => price * quantity;
}
