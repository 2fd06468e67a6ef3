namespace Argosy.Payment.Domain;

/// <summary>What a payment was asked for. They are kept, because asking the gateway again must repeat every word of the first time.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217 code in capitals.</param>
/// <param name="PaymentMethod">The gateway's token.</param>
internal sealed record PaymentTerms(string OrderNumber, long Amount, string Currency, string PaymentMethod, string ReturnUrl)
{
    public const int OrderNumberLength = 32;
    public const int CurrencyLength = 3;
    public const int PaymentMethodLength = 255;
    public const int ReturnUrlLength = 2048;

    /// <summary>Whether a repeated request means the same payment; where the browser returns to does not make it another one.</summary>
    public bool MeansTheSameAs(PaymentTerms other) => Amount == other.Amount && Currency == other.Currency && PaymentMethod == other.PaymentMethod;
}
